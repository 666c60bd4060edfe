package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.Ping;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The 30 s rule and the 60-a-minute rule, on a clock that the test moves. */
class FrameRulesTest {

  private static final String LOGS = "{\"type\":\"get_session_logs\",\"session_id\":\"none\"}";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualScheduler time = new ManualScheduler();
  private final ReferenceServer server =
      ReferenceServer.builder().scheduler(time).start();

  @AfterEach
  void close() {
    server.close();
    time.close();
  }

  @Test
  void pingsAfterThirtySecondsOfSilenceAndAgain() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      time.advance(Duration.ofMillis(29_999));
      assertThat(client.waiting()).isZero();
      time.advance(Duration.ofMillis(1));
      assertThat(client.take(Ping.class).timestamp()).isNotNull();
      time.advance(Duration.ofSeconds(30));
      client.take(Ping.class);
    }
  }

  @Test
  void anyFrameRestartsTheSilence() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      for (int i = 0; i < 5; i++) {
        time.advance(Duration.ofSeconds(29));
        client.send("{\"type\":\"pong\"}");
        server.awaitFrame("pong");
        time.settle();
        assertThat(time.nextDelay()).contains(Duration.ofSeconds(30));
      }
      time.advance(Duration.ofSeconds(30));
      client.take(Ping.class);
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void keepsNoTimerOfAConnectionThatIsGone() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertThat(time.pendingTimers()).isEqualTo(1);
      client.close(1000);
      server.awaitDisconnect();
      time.settle();
      assertThat(time.pendingTimers()).isZero();
    }
  }

  @Test
  void dropsWhatComesOverSixtyInAMinuteInSilence() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      ask(client, 60);
      sendDropped(client, LOGS);
      sendDropped(client, "{\"type\":\"pong\"}");
      server.broadcast(new Ping(null));
      client.take("ping");
      assertThat(server.droppedFrames()).isEqualTo(2);
      assertThat(server.receivedFrames()).hasSize(62);
    }
  }

  @Test
  void theBudgetBelongsToTheClientIdAndItsWindowSlides() throws Exception {
    String id = "client_1_a";
    try (RawClient first = RawClient.connect(server, id)) {
      ask(first, 30);
      time.advance(SECOND.multipliedBy(29));
      ask(first, 30);
    }
    try (RawClient second = RawClient.connect(server, id);
        RawClient other = RawClient.connect(server)) {
      time.advance(SECOND.multipliedBy(30));
      second.take("ping");
      sendDropped(second, LOGS);
      time.advance(SECOND);
      ask(second, 30);
      sendDropped(second, LOGS);
      other.take("ping");
      ask(other, 60);
    }
  }

  @Test
  void evenDroppedFramesKeepThePingAway() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      ask(client, 60);
      time.advance(SECOND.multipliedBy(20));
      sendDropped(client, LOGS);
      assertThat(time.nextDelay()).contains(SECOND.multipliedBy(30));
    }
  }

  @Test
  void theBudgetCanBeSetOrLifted() throws Exception {
    try (ReferenceServer strict = ReferenceServer.builder().framesPerMinute(1).start();
        ReferenceServer free = ReferenceServer.builder().unlimitedFrames().start();
        RawClient watched = RawClient.connect(strict);
        RawClient unwatched = RawClient.connect(free)) {
      ask(watched, 1);
      watched.send(LOGS);
      strict.within(SECOND.multipliedBy(10)).frame("a dropped frame", ReceivedFrame::dropped);
      ask(unwatched, 100);
    }
  }

  private void sendDropped(RawClient client, String text) {
    client.send(text);
    server.within(SECOND.multipliedBy(10)).frame("a dropped frame", ReceivedFrame::dropped);
    time.settle();
  }

  private static void ask(RawClient client, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      client.send(LOGS);
      client.take("session_logs");
    }
  }
}

package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is posted may reach another server than the one that the socket is connected to. */
class BroadcastCheckTest {

  static {
    // The client's module has no business with Logback, and does not read it: only this test does.
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("ch.qos.logback"))
        .forEach(BroadcastCheckTest.class.getModule()::addReads);
  }

  private final Bench bench = new Bench(PublishTransport.HTTP);
  private final AgentPublisher agent = bench.agent("a");
  private final AgentPublisher other = bench.agent("b");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Logger logger;

  @BeforeEach
  void watchTheLog() {
    logger = (Logger) LoggerFactory.getLogger("io.agentcraft.client");
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void leaveTheLogAlone() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void withoutASocketTheAnswerIsAllThereIs() {
    CompletableFuture<PublishReceipt> receipt = agent.completed("end");
    bench.http.answerOnly();
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void whatComesBackBeforeItsAnswerIsDeliveredWithTheAnswer() {
    bench.up();
    CompletableFuture<PublishReceipt> receipt = agent.completed("end");
    bench.relay(bench.http.posts.get(0));
    assertThat(fate(receipt)).isEqualTo("open");
    bench.seconds(0.5);
    bench.http.answerOnly();
    assertThat(receipt)
        .isCompletedWithValue(
            new PublishReceipt.Delivered(PublishTransport.HTTP, Duration.ofMillis(500)));
    assertThat(bench.engine.awaits("agent_status")).isFalse();
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void whatComesBackAfterItsAnswerIsDeliveredThen() {
    bench.up();
    CompletableFuture<PublishReceipt> receipt = agent.completed("end");
    bench.http.answerOnly();
    bench.seconds(1.999);
    assertThat(fate(receipt)).isEqualTo("open");
    bench.relay(bench.http.posts.get(0));
    assertThat(fate(receipt)).isEqualTo("HTTP");
    bench.seconds(60);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void whatDoesNotComeBackWithinTwoSecondsIsAcceptedOnly() {
    bench.up();
    CompletableFuture<PublishReceipt> receipt = agent.completed("end");
    bench.seconds(0.5);
    bench.http.answerOnly();
    bench.seconds(1.999);
    assertThat(fate(receipt)).isEqualTo("open");
    bench.seconds(0.001);
    assertThat(receipt)
        .isCompletedWithValue(
            new PublishReceipt.Accepted(PublishTransport.HTTP, Duration.ofMillis(500)));
    assertThat(receipt.join().isDelivered()).isFalse();
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("https://host/api/ws/broadcast", "another server", "httpBaseUrl(…)");
  }

  @Test
  void onlyTheFirstReceiptsWaitAndNoUpdateDoes() {
    bench.up();
    CompletableFuture<PublishReceipt> first = agent.completed("one");
    bench.http.answerOnly();
    bench.seconds(1);
    CompletableFuture<PublishReceipt> second = agent.completed("two");
    CompletableFuture<PublishReceipt> others = other.processing(1, "b");
    assertThat(bench.posted()).containsExactly("a:one", "a:two", "b:b");
    bench.http.answerOnly();
    bench.http.answerOnly();
    CompletableFuture<PublishReceipt> third = agent.completed("three");
    assertThat(bench.posted()).endsWith("a:three");
    bench.seconds(1);
    assertThat(List.of(fate(first), fate(second), fate(others))).containsOnly("accepted");
    bench.http.answerOnly();
    assertThat(fate(third)).isEqualTo("accepted");
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void oneThatIsSeenSpeaksForAll() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    CompletableFuture<PublishReceipt> two = other.completed("two");
    bench.http.answerOnly();
    bench.http.answerOnly();
    bench.relay(bench.http.posts.get(1));
    assertThat(List.of(fate(one), fate(two))).containsOnly("HTTP");
    CompletableFuture<PublishReceipt> three = agent.completed("three");
    bench.http.answerOnly();
    assertThat(fate(three)).isEqualTo("HTTP");
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void aPostThatIsSeenLaterChangesTheFinding() {
    bench.up();
    agent.completed("one");
    bench.http.answerOnly();
    bench.seconds(2);
    agent.completed("two");
    bench.http.deliver();
    CompletableFuture<PublishReceipt> three = agent.completed("three");
    bench.http.answerOnly();
    assertThat(fate(three)).isEqualTo("HTTP");
  }

  @Test
  void whatOthersPublishIsNoPostOfOurs() {
    bench.up();
    CompletableFuture<PublishReceipt> receipt = agent.completed("end");
    bench.http.answerOnly();
    for (String id : List.of("a", "b")) {
      bench.relay(bench.codec.encode(
          Publications.update(Publications.last(id, id.equals("a") ? "other" : "end"))));
    }
    bench.seconds(2);
    assertThat(fate(receipt)).isEqualTo("accepted");
  }

  @Test
  void aSlowListenerIsNoSignOfAnotherServer() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.http.answerOnly();
    bench.connection.readerWaits(true);
    bench.seconds(2);
    // A listener that waits for the receipt must not wait for ever.
    assertThat(fate(one)).isEqualTo("accepted");
    assertThat(warnings()).isEmpty();
    CompletableFuture<PublishReceipt> two = agent.completed("two");
    bench.http.answerOnly();
    assertThat(fate(two)).isEqualTo("accepted");
    bench.connection.readerWaits(false);
    bench.relay(bench.http.posts.get(0));
    CompletableFuture<PublishReceipt> three = agent.completed("three");
    bench.http.answerOnly();
    assertThat(fate(three)).isEqualTo("HTTP");
    bench.seconds(60);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aSlowListenerOnlyPutsTheFindingOff() {
    bench.up();
    agent.completed("one");
    bench.http.answerOnly();
    bench.connection.readerWaits(true);
    bench.seconds(2);
    bench.connection.readerWaits(false);
    bench.seconds(3);
    agent.completed("two");
    bench.http.answerOnly();
    bench.seconds(2);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void aCutEndsTheWaitAndTheNextConnectionIsWatchedInItsTurn() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.http.answerOnly();
    bench.down();
    assertThat(fate(one)).isEqualTo("accepted");
    assertThat(bench.time.pendingTimers()).isZero();
    bench.up();
    CompletableFuture<PublishReceipt> two = agent.completed("two");
    bench.http.answerOnly();
    assertThat(fate(two)).isEqualTo("open");
    bench.relay(bench.http.posts.get(1));
    assertThat(fate(two)).isEqualTo("HTTP");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aPostThatIsAnsweredAfterTheCutWasNotSeen() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.down();
    bench.up();
    bench.http.answerOnly();
    assertThat(fate(one)).isEqualTo("accepted");
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void onceItIsKnownASocketIsNotNeededToSayIt() {
    bench.up();
    agent.completed("one");
    bench.http.answerOnly();
    bench.seconds(2);
    bench.down();
    CompletableFuture<PublishReceipt> two = agent.completed("two");
    bench.http.answerOnly();
    assertThat(fate(two)).isEqualTo("accepted");
  }

  @Test
  void theSocketIsReadForAWhileOnly() {
    bench.up();
    agent.completed("one");
    bench.http.answerOnly();
    bench.seconds(14);
    assertThat(bench.engine.awaits("agent_status")).isTrue();
    bench.seconds(1);
    bench.engine.onRelayed(Publications.update(Publications.last("c", "somebody else's")));
    assertThat(bench.engine.awaits("agent_status")).isFalse();
  }

  @Test
  void closingWaitsForItWithinTheGrace() {
    bench.up();
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    bench.close();
    bench.http.answerOnly();
    assertThat(bench.closes).isZero();
    bench.relay(bench.http.posts.get(0));
    assertThat(fate(last)).isEqualTo("HTTP");
    assertThat(bench.closes).isEqualTo(1);
  }

  @Test
  void theGraceEndsTheWait() {
    bench.up();
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    bench.close();
    bench.seconds(1);
    bench.http.answerOnly();
    bench.seconds(1);
    assertThat(fate(last)).isEqualTo("accepted");
    assertThat(bench.closes).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void whereNothingIsKnownToPostToUpdatesFailWithTheNextStep() {
    Bench nowhere = Bench.withoutHttpBase(PublishTransport.HTTP);
    assertThat(nowhere.agent("a").completed("end"))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("does not end in /ws/agent-tracking")
        .withMessageEndingWith("Set httpBaseUrl(…).");
    assertThat(nowhere.time.pendingTimers()).isZero();
  }

  @Test
  void whereNothingIsKnownToPostToTheSocketIsTried() {
    Bench nowhere = Bench.withoutHttpBase(PublishTransport.AUTO);
    nowhere.up();
    CompletableFuture<PublishReceipt> one = nowhere.agent("a").completed("one");
    nowhere.relay(0);
    assertThat(fate(one)).isEqualTo("WEBSOCKET");

    Bench ignored = Bench.withoutHttpBase(PublishTransport.AUTO);
    ignored.up();
    CompletableFuture<PublishReceipt> two = ignored.agent("a").completed("two");
    ignored.seconds(4.999);
    assertThat(fate(two)).isEqualTo("open");
    ignored.seconds(0.001);
    assertThat(two)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageEndingWith("Set httpBaseUrl(…).");
    assertThat(warnings()).singleElement().asString().contains("does not relay", "httpBaseUrl(…)");
  }
}

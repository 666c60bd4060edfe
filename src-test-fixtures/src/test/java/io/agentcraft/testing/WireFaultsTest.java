package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.it.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Faults of the network. */
class WireFaultsTest {

  @Test
  void halfOpenLetsNothingThroughUntilHealed() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().wire().halfOpen();
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"none\"}");
      server.sendRaw("late");
      assertThatThrownBy(() -> server.within(Duration.ofMillis(50)).frame("get_session_logs"))
          .isInstanceOf(AssertionError.class);
      assertThat(client.waiting()).isZero();
      server.faults().wire().heal();
      assertThat(client.take()).isEqualTo("late");
      client.take("session_logs");
    }
  }

  @Test
  void anEndIsNotSeenWhileHalfOpen() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      ClientConnection connection = server.awaitConnection();
      connection.wireFaults().halfOpen();
      client.vanish();
      assertThatThrownBy(() -> server.within(Duration.ofMillis(50)).disconnect())
          .isInstanceOf(AssertionError.class);
      connection.wireFaults().heal();
      assertThat(server.awaitDisconnect()).isSameAs(connection);
    }
  }

  @Test
  void aDeafConnectionStaysOpenAndGetsNothing() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient deaf = RawClient.connect(server)) {
      server.awaitConnection().wireFaults().deafen();
      try (RawClient other = RawClient.connect(server)) {
        deaf.send("{\"type\":\"get_session_logs\",\"session_id\":\"none\"}");
        server.awaitFrame("get_session_logs");
        server.sendRaw("to all");
        assertThat(other.take()).isEqualTo("to all");
        server.faults().wire().heal();
        server.sendRaw("again");
        assertThat(deaf.take()).isEqualTo("again");
      }
    }
  }

  @Test
  void cutsAtTheNextFrame() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      for (WireFaults.CutPoint point : WireFaults.CutPoint.values()) {
        try (RawClient client = RawClient.connect(server)) {
          server.faults().wire().cutAtNextFrame(point);
          server.sendRaw("frame");
          assertThat(client.end().failure()).as(point.name()).isInstanceOf(IOException.class);
          assertThat(client.waiting()).isEqualTo(point == WireFaults.CutPoint.AFTER_FRAME ? 1 : 0);
          assertThat(server.awaitDisconnect().closeCode()).isEmpty();
        }
      }
    }
  }

  @Test
  void latencyAndTrickleTakeTheServersTime() throws Exception {
    try (ManualScheduler time = new ManualScheduler();
        ReferenceServer server = ReferenceServer.builder()
            .scheduler(time)
            .pingInterval(Duration.ZERO)
            .start();
        RawClient client = RawClient.connect(server)) {
      server.faults().wire().latency(Duration.ofSeconds(2));
      server.sendRaw("late");
      awaitTimer(time);
      time.advance(Duration.ofMillis(1_999));
      assertThat(client.waiting()).isZero();
      // The rest of the frame may have reached the wire only now.
      awaitArrival(time, client);
      assertThat(client.take()).isEqualTo("late");

      server.faults().wire().trickle(1, Duration.ofSeconds(1));
      server.sendRaw("four");
      awaitTimer(time);
      time.advance(Duration.ofSeconds(5));
      assertThat(client.waiting()).isZero();
      server.sendRaw("five");
      server.faults().wire().heal();
      assertThat(client.take()).isEqualTo("four");
      assertThat(client.take()).isEqualTo("five");
    }
  }

  @Test
  void readsNothingUntilItReadsAgain() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().wire().stopReading();
      client.send("{\"type\":\"pong\"}");
      server.sendRaw("it still writes");
      assertThat(client.take()).isEqualTo("it still writes");
      assertThat(server.receivedFrames()).isEmpty();
      server.faults().wire().heal();
      server.awaitFrame("pong");
    }
  }

  @Test
  void leavesACloseFrameUnanswered() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().wire().ignoreClose();
      client.close(1000);
      assertThatThrownBy(() -> server.within(Duration.ofMillis(50)).disconnect())
          .isInstanceOf(AssertionError.class);
      server.faults().cutConnections();
      assertThat(client.end().failure()).isNotNull();
    }
  }

  @Test
  void closesItsPortAndOpensItAgain() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient before = RawClient.connect(server)) {
      for (int i = 0; i < 3; i++) {
        server.faults().refuseConnections();
        server.faults().refuseConnections();
        RawClient refused = RawClient.start(server.url("/ws/agent-tracking/client_1_a"));
        assertThat(refused.end().failure()).isInstanceOf(ConnectException.class);
        server.faults().acceptConnections();
        server.faults().acceptConnections();
        RawClient.connect(server).close();
      }
      server.sendRaw("still there");
      assertThat(before.take()).isEqualTo("still there");
    }
  }

  @Test
  void closesForGoodWhileItsPortIsClosed() {
    ReferenceServer server = ReferenceServer.start();
    server.faults().refuseConnections();
    server.close();
  }

  @Test
  void acceptsAndDropsTheNextConnections() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().dropNextConnections(2);
      for (int i = 0; i < 2; i++) {
        RawClient dropped = RawClient.start(server.url("/ws/agent-tracking/client_1_a"));
        assertThat(dropped.end().failure()).isNotNull();
        assertThat(dropped.waiting()).isZero();
      }
      RawClient.connect(server).close();
      assertThat(server.connections()).hasSize(3);
    }
  }

  @Test
  void losesDoublesKeepsAndReordersAnswers() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      AnswerFaults answers = server.faults().answers();
      answers.dropNext(1);
      answers.duplicateNext(1);
      ask(client, "lost");
      ask(client, "twice");
      assertThat(client.take("session_logs")).contains("twice");
      assertThat(client.take("session_logs")).contains("twice");
      answers.hold();
      ask(client, "one");
      ask(client, "two");
      server.awaitFrames("get_session_logs", 4);
      assertThat(answers.held()).isEqualTo(2);
      answers.releaseReversed();
      assertThat(client.take("session_logs")).contains("two");
      assertThat(client.take("session_logs")).contains("one");
      answers.hold();
      ask(client, "late");
      server.awaitFrame("get_session_logs");
      answers.release();
      assertThat(client.take("session_logs")).contains("late");
    }
  }

  private static void ask(RawClient client, String session) {
    client.send("{\"type\":\"get_session_logs\",\"session_id\":\"" + session + "\"}");
  }

  private static void awaitArrival(ManualScheduler time, RawClient client) {
    Await.until("the rest of a frame", () -> {
      boolean arrived = client.waiting() > 0;
      if (!arrived) {
        time.advance(Duration.ofMillis(1));
      }
      return arrived;
    });
  }

  /** The server's WebSocket writes on a thread of its own: waits until its bytes have reached the slow wire. */
  private static void awaitTimer(ManualScheduler time) {
    Await.until("a timer of the slow wire", () -> time.pendingTimers() > 0);
  }
}

package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.AnswerFaults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Faults that take several steps, and so don't fit into the matrix. */
class FaultStoriesTest {

  private static final String OTHER = "session_2";

  @Test
  void answersInAnotherOrderCompleteTheirRequests() {
    try (Harness harness = new Harness().connected()) {
      harness.server.startSession(OTHER, "Who?", "Reader");
      AnswerFaults answers = harness.server.faults().answers();
      answers.hold();
      CompletableFuture<SessionState> state = harness.client.getSessionState(Harness.SESSION);
      CompletableFuture<SessionState> otherState = harness.client.getSessionState(OTHER);
      CompletableFuture<SessionLogs> logs = harness.client.getSessionLogs(Harness.SESSION);
      harness.server.awaitFrames("get_session_state", 2);
      harness.server.awaitFrame("get_session_logs");
      answers.releaseReversed();
      assertThat(Await.get(state).sessionId()).isEqualTo(Harness.SESSION);
      assertThat(Await.get(otherState).sessionId()).isEqualTo(OTHER);
      assertThat(Await.get(logs).sessionId()).isEqualTo(Harness.SESSION);
    }
  }

  @Test
  void anAnswerThatIsReceivedTwiceCompletesOneRequest() {
    try (Harness harness = new Harness().connected()) {
      harness.server.faults().answers().duplicateNext(2);
      assertThat(Await.get(harness.client.getSessionState(Harness.SESSION)).sessionId())
          .isEqualTo(Harness.SESSION);
      assertThat(Await.get(harness.client.getSessionLogs(Harness.SESSION)).sessionId())
          .isEqualTo(Harness.SESSION);
      harness.works();
      assertThat(harness.errors.rest()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsNeverReceivedTimesOut() {
    try (Harness harness = new Harness().connected()) {
      harness.server.faults().answers().dropNext(1);
      CompletableFuture<SessionState> state = harness.client.getSessionState(Harness.SESSION);
      harness.server.awaitFrame("get_session_state");
      harness.clock.advance(Duration.ofSeconds(10));
      Await.failure(state, RequestTimeoutException.class);
      harness.works();
    }
  }

  @Test
  void aShortGapInTheNetworkLosesNothing() {
    try (Harness harness = new Harness().connected()) {
      harness.server.faults().wire().halfOpen();
      CompletableFuture<SessionState> state = harness.client.getSessionState(Harness.SESSION);
      harness.client.startLogStreaming(Harness.SESSION);
      harness.clock.advance(Duration.ofSeconds(9));
      harness.server.faults().wire().heal();
      assertThat(Await.get(state).sessionId()).isEqualTo(Harness.SESSION);
      harness.server.awaitFrame("start_log_streaming");
      harness.works();
      assertThat(harness.states.rest()).isEmpty();
    }
  }

  @Test
  void aWebSocketPingFindsAHalfOpenConnection() {
    try (Harness harness =
        new Harness(options -> options.webSocketPingInterval(Duration.ofSeconds(1))).connected()) {
      harness.server.faults().wire().halfOpen();
      ConnectionState lost = harness.states.next();
      assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
      harness.clock.advance(lost.nextDelay());
      harness.awaitConnected();
      harness.works();
    }
  }

  @Test
  void theFinalStatusIsSentOverHttpWhenTheSocketIsLostWhileClosing() {
    try (Harness harness = new Harness().connected()) {
      CompletableFuture<PublishReceipt> last = finalStatusUnderWay(harness);
      CompletableFuture<Void> closed = harness.client.closeAsync();
      harness.clock.settle();
      harness.server.faults().cutConnections();
      var unused = harness.states.next(state -> state.nextDelay() != null);
      harness.clock.advance(Duration.ofSeconds(1));
      assertThat(Await.get(last))
          .asInstanceOf(InstanceOfAssertFactories.type(PublishReceipt.Delivered.class))
          .extracting(PublishReceipt.Delivered::transport)
          .isEqualTo(PublishTransport.HTTP);
      Await.get(closed);
    }
  }

  @Test
  void aFinalStatusThatCannotBeSentWhileClosingIsReported() {
    try (Harness harness = new Harness().connected()) {
      CompletableFuture<PublishReceipt> last = finalStatusUnderWay(harness);
      CompletableFuture<Void> closed = harness.client.closeAsync();
      harness.clock.settle();
      harness.server.faults().refuseConnections();
      harness.server.faults().cutConnections();
      var unused = harness.states.next(state -> state.nextDelay() != null);
      harness.clock.advance(Duration.ofSeconds(2));
      Await.failure(last, ClientClosedException.class);
      Await.get(closed);
    }
  }

  private static CompletableFuture<PublishReceipt> finalStatusUnderWay(Harness harness) {
    AgentPublisher agent = harness.client.agent("agent-1", "Writer");
    assertThat(Await.get(agent.processing(10, "begun")).isDelivered()).isTrue();
    harness.server.faults().answers().hold();
    CompletableFuture<PublishReceipt> last = agent.completed("done").toCompletableFuture();
    harness.server.awaitFrames("agent_status", 2);
    return last;
  }
}

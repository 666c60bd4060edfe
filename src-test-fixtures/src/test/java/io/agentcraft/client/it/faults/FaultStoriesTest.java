package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.RequestTimeoutException;
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

/** Faults that tell more than one thing, and so don't fit into the matrix. */
class FaultStoriesTest {

  private static final String OTHER = "session_2";

  @Test
  void answersInAnotherOrderFindTheirQuestions() {
    try (Bench bench = new Bench().connected()) {
      bench.server.startSession(OTHER, "Who?", "Reader");
      AnswerFaults answers = bench.server.faults().answers();
      answers.hold();
      CompletableFuture<SessionState> state = bench.client.getSessionState(Bench.SESSION);
      CompletableFuture<SessionState> otherState = bench.client.getSessionState(OTHER);
      CompletableFuture<SessionLogs> logs = bench.client.getSessionLogs(Bench.SESSION);
      bench.server.awaitFrames("get_session_state", 2);
      bench.server.awaitFrame("get_session_logs");
      answers.releaseReversed();
      assertThat(Bench.get(state).sessionId()).isEqualTo(Bench.SESSION);
      assertThat(Bench.get(otherState).sessionId()).isEqualTo(OTHER);
      assertThat(Bench.get(logs).sessionId()).isEqualTo(Bench.SESSION);
    }
  }

  @Test
  void anAnswerThatComesTwiceEndsOneQuestion() {
    try (Bench bench = new Bench().connected()) {
      bench.server.faults().answers().duplicateNext(2);
      assertThat(Bench.get(bench.client.getSessionState(Bench.SESSION)).sessionId())
          .isEqualTo(Bench.SESSION);
      assertThat(Bench.get(bench.client.getSessionLogs(Bench.SESSION)).sessionId())
          .isEqualTo(Bench.SESSION);
      bench.works();
      assertThat(bench.errors.rest()).isEmpty();
    }
  }

  @Test
  void anAnswerThatNeverComesIsMissedInTime() {
    try (Bench bench = new Bench().connected()) {
      bench.server.faults().answers().dropNext(1);
      CompletableFuture<SessionState> state = bench.client.getSessionState(Bench.SESSION);
      bench.server.awaitFrame("get_session_state");
      bench.time.advance(Duration.ofSeconds(10));
      Bench.fails(state, RequestTimeoutException.class);
      bench.works();
    }
  }

  @Test
  void aGapInTheNetworkThatIsShortCostsNothing() {
    try (Bench bench = new Bench().connected()) {
      bench.server.faults().wire().halfOpen();
      CompletableFuture<SessionState> state = bench.client.getSessionState(Bench.SESSION);
      bench.client.startLogStreaming(Bench.SESSION);
      bench.time.advance(Duration.ofSeconds(9));
      bench.server.faults().wire().heal();
      assertThat(Bench.get(state).sessionId()).isEqualTo(Bench.SESSION);
      bench.server.awaitFrame("start_log_streaming");
      bench.works();
      assertThat(bench.states.rest()).isEmpty();
    }
  }

  @Test
  void aWebSocketPingFindsAHalfOpenConnection() {
    try (Bench bench =
        new Bench(options -> options.webSocketPingInterval(Duration.ofSeconds(1))).connected()) {
      bench.server.faults().wire().halfOpen();
      ConnectionState lost = bench.states.next("the loss", state -> true);
      assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
      bench.time.advance(lost.nextDelay());
      bench.awaitConnected();
      bench.works();
    }
  }

  @Test
  void theLastWordGoesByHttpWhenTheSocketIsLostWhileClosing() {
    try (Bench bench = new Bench().connected()) {
      CompletableFuture<PublishReceipt> last = lastWordUnderWay(bench);
      CompletableFuture<Void> closed = bench.client.closeAsync();
      bench.time.settle();
      bench.server.faults().cutConnections();
      var unused = bench.states.next("the loss", state -> state.nextDelay() != null);
      bench.time.advance(Duration.ofSeconds(1));
      assertThat(Bench.get(last))
          .asInstanceOf(InstanceOfAssertFactories.type(PublishReceipt.Delivered.class))
          .extracting(PublishReceipt.Delivered::transport)
          .isEqualTo(PublishTransport.HTTP);
      Bench.get(closed);
    }
  }

  @Test
  void aLastWordThatCannotBeSaidWhileClosingIsReported() {
    try (Bench bench = new Bench().connected()) {
      CompletableFuture<PublishReceipt> last = lastWordUnderWay(bench);
      CompletableFuture<Void> closed = bench.client.closeAsync();
      bench.time.settle();
      bench.server.faults().refuseConnections();
      bench.server.faults().cutConnections();
      var unused = bench.states.next("the loss", state -> state.nextDelay() != null);
      bench.time.advance(Duration.ofSeconds(2));
      Bench.fails(last, ClientClosedException.class);
      Bench.get(closed);
    }
  }

  private static CompletableFuture<PublishReceipt> lastWordUnderWay(Bench bench) {
    AgentPublisher agent = bench.client.agent("agent-1", "Writer");
    assertThat(Bench.get(agent.processing(10, "begun").toCompletableFuture()).isDelivered())
        .isTrue();
    bench.server.faults().answers().hold();
    CompletableFuture<PublishReceipt> last = agent.completed("done").toCompletableFuture();
    bench.server.awaitFrames("agent_status", 2);
    return last;
  }
}

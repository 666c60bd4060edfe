package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ClientConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a connected client is doing when a fault happens, and what must come of it. */
enum Operation {
  IDLE {
    @Override
    Outcome begin(Harness harness) {
      return new Outcome() {};
    }
  },

  REQUEST_PENDING {
    @Override
    Outcome begin(Harness harness) {
      ClientConnection before = harness.newest();
      harness.server.faults().answers().hold();
      long asked = harness.clock.nanoTime();
      CompletableFuture<SessionState> answer = harness.client.getSessionState(Harness.SESSION);
      harness.server.awaitFrame("get_session_state");
      return new Outcome() {
        @Override
        public void survived() {
          harness.server.faults().answers().release();
          assertThat(Await.get(answer).sessionId()).isEqualTo(Harness.SESSION);
        }

        @Override
        public void connectedAgain() {
          if (tooLate()) {
            Await.failure(answer, RequestTimeoutException.class);
            harness.server.faults().answers().release();
          } else {
            harness.awaitFrameOnAnother(before, "get_session_state");
            survived();
          }
        }

        @Override
        public void gaveUp() {
          assertThat(Await.failure(answer))
              .isInstanceOf(
                  tooLate() ? RequestTimeoutException.class : ConnectionFailedException.class);
        }

        private boolean tooLate() {
          return harness.clock.nanoTime() - asked >= REQUEST_TIMEOUT.toNanos();
        }
      };
    }
  },

  LOG_STREAMING {
    @Override
    Outcome begin(Harness harness) {
      ClientConnection before = harness.newest();
      harness.client.startLogStreaming(Harness.SESSION);
      assertThat(harness.server.awaitFrame(StartLogStreaming.class).sessionId())
          .isEqualTo(Harness.SESSION);
      return new Outcome() {
        @Override
        public void survived() {
          harness.server.appendLog(Harness.SESSION, "info", "Writer", "after");
          harness.lines.next(line -> line.message().equals("after"));
        }

        @Override
        public void connectedAgain() {
          harness.awaitFrameOnAnother(before, "start_log_streaming");
          survived();
        }
      };
    }
  },

  PUBLISHING {
    @Override
    Outcome begin(Harness harness) {
      ClientConnection before = harness.newest();
      AgentPublisher agent = harness.client.agent("agent-1", "Writer");
      assertThat(Await.get(agent.processing(10, "begun")).isDelivered()).isTrue();
      harness.server.awaitFrame(AgentStatusUpdate.class);
      harness.server.faults().answers().hold();
      CompletableFuture<PublishReceipt> last = agent.completed("done").toCompletableFuture();
      awaitFinalStatus(harness);
      return new Outcome() {
        @Override
        public void survived() {
          harness.server.faults().answers().release();
          assertThat(Await.get(last).isDelivered()).isTrue();
        }

        @Override
        public void connectedAgain() {
          // Or over HTTP, when the socket was silent for long.
          Await.until(
              "the final status",
              () -> last.isDone() || harness.hasFrameOnAnother(before, "agent_status"));
          harness.server.faults().answers().release();
          PublishReceipt receipt = Await.get(last);
          // Relays are held here: what went over HTTP was accepted, and not seen to be relayed.
          assertThat(receipt.isDelivered()
                  || (receipt instanceof PublishReceipt.Accepted accepted
                      && accepted.transport() == PublishTransport.HTTP))
              .isTrue();
        }

        @Override
        public void gaveUp() {
          // Over HTTP, whose attempts take time as well; if HTTP fails too, the receipt fails.
          Await.until("the receipt of the final status", () -> {
            harness.clock.advance(Duration.ofSeconds(1));
            return last.isDone();
          });
          if (last.isCompletedExceptionally()) {
            Await.failure(last, AgentCraftException.class);
          } else {
            assertThat(Await.get(last))
                .isInstanceOfSatisfying(
                    PublishReceipt.Delivered.class,
                    delivered ->
                        assertThat(delivered.transport()).isEqualTo(PublishTransport.HTTP));
          }
        }
      };
    }

    private void awaitFinalStatus(Harness harness) {
      AgentStatusUpdate update = harness.server.awaitFrame(AgentStatusUpdate.class);
      assertThat(update.status()).isEqualTo(AgentStatus.COMPLETED);
    }
  };

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Starts the operation; returns when the server knows of it. */
  abstract Outcome begin(Harness harness);

  /** What must come of the operation. */
  interface Outcome {

    /** The connection is the same as before. */
    default void survived() {}

    /** The connection is a new one. */
    default void connectedAgain() {}

    /** There is no connection, and none is opened until {@link AgentCraftClient#connect()}. */
    default void gaveUp() {}
  }
}

package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.RequestTimeoutException;
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

/** What an open client is at when a fault strikes, and what must have become of it afterwards. */
enum Moment {
  IDLE {
    @Override
    UnderWay begin(Bench bench) {
      return new UnderWay() {};
    }
  },

  REQUEST_PENDING {
    @Override
    UnderWay begin(Bench bench) {
      ClientConnection before = bench.newest();
      bench.server.faults().answers().hold();
      long asked = bench.time.nanoTime();
      CompletableFuture<SessionState> answer = bench.client.getSessionState(Bench.SESSION);
      bench.server.awaitFrame("get_session_state");
      return new UnderWay() {
        @Override
        public void survived() {
          bench.server.faults().answers().release();
          assertThat(Bench.get(answer).sessionId()).isEqualTo(Bench.SESSION);
        }

        @Override
        public void connectedAgain() {
          if (tooLate()) {
            Bench.fails(answer, RequestTimeoutException.class);
            bench.server.faults().answers().release();
          } else {
            bench.awaitFrameOnAnother(before, "get_session_state");
            survived();
          }
        }

        @Override
        public void gaveUp() {
          Bench.fails(
              answer, tooLate() ? RequestTimeoutException.class : ConnectionFailedException.class);
        }

        private boolean tooLate() {
          return bench.time.nanoTime() - asked >= REQUEST_TIMEOUT.toNanos();
        }
      };
    }
  },

  LOG_STREAMING {
    @Override
    UnderWay begin(Bench bench) {
      ClientConnection before = bench.newest();
      bench.client.startLogStreaming(Bench.SESSION);
      assertThat(bench.server.awaitFrame(StartLogStreaming.class).sessionId())
          .isEqualTo(Bench.SESSION);
      return new UnderWay() {
        @Override
        public void survived() {
          bench.server.appendLog(Bench.SESSION, "info", "Writer", "after");
          bench.lines.next("a log line", line -> line.message().equals("after"));
        }

        @Override
        public void connectedAgain() {
          bench.awaitFrameOnAnother(before, "start_log_streaming");
          survived();
        }
      };
    }
  },

  PUBLISHING {
    @Override
    UnderWay begin(Bench bench) {
      ClientConnection before = bench.newest();
      AgentPublisher agent = bench.client.agent("agent-1", "Writer");
      assertThat(Bench.get(agent.processing(10, "begun").toCompletableFuture()).isDelivered())
          .isTrue();
      bench.server.awaitFrame(AgentStatusUpdate.class);
      bench.server.faults().answers().hold();
      CompletableFuture<PublishReceipt> last = agent.completed("done").toCompletableFuture();
      awaitLastWord(bench);
      return new UnderWay() {
        @Override
        public void survived() {
          bench.server.faults().answers().release();
          assertThat(Bench.get(last).isDelivered()).isTrue();
        }

        @Override
        public void connectedAgain() {
          // Or by HTTP, when the socket was silent for long.
          Told.await(
              "the last word",
              () -> last.isDone() || bench.hasFrameOnAnother(before, "agent_status"));
          bench.server.faults().answers().release();
          PublishReceipt receipt = Bench.get(last);
          // Relays are held here: what went over HTTP was accepted, and not seen to be relayed.
          assertThat(receipt.isDelivered()
                  || (receipt instanceof PublishReceipt.Accepted accepted
                      && accepted.transport() == PublishTransport.HTTP))
              .isTrue();
        }

        @Override
        public void gaveUp() {
          // By HTTP, whose attempts take time as well; where there is none either, it is told.
          Told.await("the end of the last word", () -> {
            bench.time.advance(Duration.ofSeconds(1));
            return last.isDone();
          });
          if (last.isCompletedExceptionally()) {
            Bench.fails(last, AgentCraftException.class);
          } else {
            assertThat(Bench.get(last))
                .isInstanceOfSatisfying(
                    PublishReceipt.Delivered.class,
                    delivered ->
                        assertThat(delivered.transport()).isEqualTo(PublishTransport.HTTP));
          }
        }
      };
    }

    private void awaitLastWord(Bench bench) {
      AgentStatusUpdate update = bench.server.awaitFrame(AgentStatusUpdate.class);
      assertThat(update.status()).isEqualTo(AgentStatus.COMPLETED);
    }
  };

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Begins what the fault is to interrupt; returns when the server knows of it. */
  abstract UnderWay begin(Bench bench);

  /** What the client is at. */
  interface UnderWay {

    /** The connection is the same as before. */
    default void survived() {}

    /** The connection is a new one. */
    default void connectedAgain() {}

    /** There is no connection, nor will there be one until {@link AgentCraftClient#connect()}. */
    default void gaveUp() {}
  }
}

package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ReconnectPolicy.Decision;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.publish.PublishTransport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A future that its caller cancels, or ends in another way, is not kept until the client would have ended it. */
class CancelledFuturesTest extends IntegrationTest {

  private static final int COUNT = 500;

  private static final List<Consumer<CompletableFuture<?>>> ENDINGS = List.of(
      future -> future.cancel(true),
      future -> future.completeExceptionally(new IllegalStateException("not needed")),
      future -> future
          .orTimeout(1, TimeUnit.NANOSECONDS)
          .exceptionally(timeout -> null)
          .join());

  @Test
  void whileThereIsNoConnection() {
    AgentCraftClient client = client(
        "ws://127.0.0.1:1",
        options -> options
            .publishTransport(PublishTransport.WEBSOCKET)
            .reconnectPolicy(context -> Decision.retryAfter(Duration.ofHours(1))));
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    waiting(states);

    assertNoneIsKept(client::connect);
    assertNoneIsKept(() -> client.getSessionState("session_1"));
    assertNoneIsKept(() -> client.getSessionLogs("session_1"));
    assertThat(clock.pendingTimers()).isEqualTo(1);
    // The update is still to be published, and the last one waits for that.
    assertAtMostIsKept(1, () -> client.agent("a", "Agent").processing(1, "Working"));
    CompletableFuture<Void> closing = client.closeAsync();
    clock.settle();
    clock.advance(seconds(2));
    Await.get(closing);
  }

  @Test
  void whileTheRateLimitHoldsThemBack() {
    RawServer server = closed(new RawServer());
    AgentCraftClient client = client(server.url(), options -> options.framesPerMinute(10));
    Await.get(client.connect());
    for (int i = 0; i < 20; i++) {
      var unused = client.send(new Pong());
    }
    assertNoneIsKept(() -> client.send(new Pong()));
    assertNoneIsKept(() -> client.getSessionState("session_1"));
    server.close();
  }

  @Test
  void whileTheClientCloses() {
    AgentCraftClient client = connectedToASilentServer();
    CompletableFuture<Void> closing = client.closeAsync();
    assertNoneIsKept(client::closeAsync);
    assertThat(closing).isNotDone();
    clock.advance(seconds(5));
    Await.get(closing);
    assertNoneIsKept(client::closeAsync);
  }

  private void assertNoneIsKept(Supplier<CompletableFuture<?>> call) {
    assertAtMostIsKept(0, call);
  }

  private void assertAtMostIsKept(int most, Supplier<CompletableFuture<?>> call) {
    for (Consumer<CompletableFuture<?>> ending : ENDINGS) {
      List<WeakReference<CompletableFuture<?>>> futures = Stream.generate(() -> {
            CompletableFuture<?> future = call.get();
            ending.accept(future);
            return new WeakReference<CompletableFuture<?>>(future);
          })
          .limit(COUNT)
          .toList();
      clock.settle();
      Await.until("only " + most + " of the futures to be kept", () -> {
        System.gc();
        return futures.stream().filter(future -> future.get() != null).count() <= most;
      });
    }
  }
}

package io.agentcraft.client.it.publish;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReceivedFrame;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Agents and servers over real sockets, all on one clock that only the test moves. */
abstract class PublishingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final ManualScheduler clock = new ManualScheduler();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      if (next instanceof AgentCraftClient client) {
        // After a failed test it may have much to wait for: its clock must not stand.
        CompletableFuture<Void> closed = client.closeAsync();
        seconds(30);
        get(closed);
      }
      next.close();
    }
    clock.close();
  }

  <C extends AutoCloseable> C closed(C closeable) {
    open.push(closeable);
    return closeable;
  }

  /** A server that never pings: nothing is on the way but what a test publishes. */
  ReferenceServer server(UnaryOperator<ReferenceServerBuilder> options) {
    ReferenceServerBuilder builder =
        ReferenceServer.builder().scheduler(clock).pingInterval(Duration.ZERO);
    return closed(options.apply(builder).start());
  }

  AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    return closed(options
        .apply(AgentCraftClient.builder(url)
            .scheduler(clock)
            .idleTimeout(Duration.ZERO)
            // Closing has nothing to wait for but in tests of the grace period.
            .drainTimeout(Duration.ZERO))
        .build());
  }

  AgentCraftClient connected(
      ReferenceServer server, UnaryOperator<AgentCraftClientBuilder> options) {
    int before = server.clients().size();
    AgentCraftClient client = client(server.url(), options);
    AgentCraftClient unused = connected(client);
    server.awaitConnections(before + 1);
    return client;
  }

  static AgentCraftClient connected(AgentCraftClient client) {
    get(client.connect());
    return client;
  }

  void seconds(double seconds) {
    clock.advance(Duration.ofNanos((long) (seconds * 1e9)));
  }

  /** Waits for a stage's value, with a limit that no test comes near. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException unexpected) {
      throw new AssertionError("The stage gave no value: " + unexpected, unexpected);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits for a stage's value while the clock goes on, a second at a time. */
  void endsInTime(CompletionStage<?> stage) {
    for (int i = 0; i < 200; i++) {
      try {
        Object unused = stage.toCompletableFuture().get(100, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        seconds(1);
      } catch (ExecutionException | InterruptedException unexpected) {
        throw new AssertionError("The stage gave no value: " + unexpected, unexpected);
      }
    }
    throw new AssertionError("The stage did not end in 200 s.");
  }

  /** Waits for a stage's failure. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("The stage did not fail but gave " + value);
    } catch (ExecutionException failed) {
      return Objects.requireNonNull(failed.getCause());
    } catch (TimeoutException unexpected) {
      throw new AssertionError("The stage did not end", unexpected);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      return Objects.requireNonNull(
          queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nothing came");
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** The path that an update was delivered by, or {@code superseded}. */
  static String fate(CompletableFuture<PublishReceipt> stage) {
    return get(stage) instanceof PublishReceipt.Delivered delivered
        ? delivered.transport().name()
        : "superseded";
  }

  /** The messages of the updates that came over sockets and were not dropped. */
  static List<String> bySocket(ReferenceServer server) {
    return server.receivedFrames().stream()
        .filter(frame -> !frame.dropped())
        .map(ReceivedFrame::message)
        .filter(AgentStatusUpdate.class::isInstance)
        .map(message -> ((AgentStatusUpdate) message).message())
        .toList();
  }
}

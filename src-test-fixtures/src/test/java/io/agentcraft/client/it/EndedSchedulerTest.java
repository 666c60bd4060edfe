package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scheduler of the caller's that ends before the client is closed, or while it closes: everything ends all the same. */
class EndedSchedulerTest extends IntegrationTest {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration NEVER = Duration.ofHours(1);

  /** How a scheduler ends. */
  enum Ending {
    /** Runs what was executed, and no timers. */
    SHUTDOWN,
    /** Runs nothing more. */
    SHUTDOWN_NOW
  }

  private final ExecutorScheduler scheduler = closed(new ExecutorScheduler());
  private final RawServer server = closed(new RawServer());
  private final List<CompletableFuture<?>> futures = new ArrayList<>();
  private final Completion stream = new Completion();

  @ParameterizedTest
  @EnumSource
  void beforeTheCloseOfAConnectedClient(Ending ending) {
    AgentCraftClient client = connected(options -> options);
    askAndPublish(client);
    scheduler.settle();
    scheduler.end(ending);
    assertEverythingEnds(client, client.closeAsync());
  }

  @ParameterizedTest
  @EnumSource
  void beforeTheCloseOfAClientThatWaitsForItsNextAttempt(Ending ending) {
    AgentCraftClient client = waiting();
    futures.add(client.connect());
    askAndPublish(client);
    scheduler.settle();
    scheduler.end(ending);
    assertEverythingEnds(client, client.closeAsync());
  }

  @ParameterizedTest
  @EnumSource
  void withTasksThatItHadAcceptedFromAConnectedClient(Ending ending) {
    withTasksThatItHadAccepted(connected(options -> options), ending);
  }

  @ParameterizedTest
  @EnumSource
  void withTasksThatItHadAcceptedFromAClientThatWaits(Ending ending) {
    withTasksThatItHadAccepted(waiting(), ending);
  }

  private void withTasksThatItHadAccepted(AgentCraftClient client, Ending ending) {
    CountDownLatch gate = new CountDownLatch(1);
    scheduler.execute(() -> Await.latch(gate));
    futures.add(client.connect());
    askAndPublish(client);
    scheduler.end(ending);
    futures.add(client.connect());
    askAndPublish(client);
    gate.countDown();
    assertEverythingEnds(client, client.closeAsync());
  }

  @ParameterizedTest
  @EnumSource
  void withTheTasksOfTheClose(Ending ending) {
    AgentCraftClient client = connected(options -> options);
    CountDownLatch gate = new CountDownLatch(1);
    scheduler.execute(() -> Await.latch(gate));
    askAndPublish(client);
    CompletableFuture<Void> closing = client.closeAsync();
    scheduler.end(ending);
    gate.countDown();
    assertEverythingEnds(client, closing);
  }

  @ParameterizedTest
  @EnumSource
  void whileUpdatesAreDelivered(Ending ending) {
    AgentCraftClient client = connected(options -> options);
    askAndPublish(client);
    CompletableFuture<Void> closing = client.closeAsync();
    scheduler.settle();
    assertThat(futures).anySatisfy(future -> assertThat(future).isNotDone());
    scheduler.end(ending);
    assertEverythingEnds(client, closing);
  }

  @ParameterizedTest
  @EnumSource
  void whileTheServersCloseFrameIsAwaited(Ending ending) {
    AgentCraftClient client = connected(options -> options);
    futures.add(client.getSessionState("session_1"));
    CompletableFuture<Void> closing = client.closeAsync();
    scheduler.settle();
    assertThat(client.connectionState().isConnected()).isTrue();
    scheduler.end(ending);
    assertEverythingEnds(client, closing);
  }

  @ParameterizedTest
  @EnumSource
  void whileTheLastCallbackRuns(Ending ending) {
    BlockingListener last = closed(new BlockingListener());
    AgentCraftClient client = waiting();
    client.onConnectionState(state -> {
      if (state.status() == ConnectionStatus.CLOSED) {
        last.block();
      }
    });
    askAndPublish(client);
    CompletableFuture<Void> closing = client.closeAsync();
    last.awaitBlocked();
    scheduler.settle();
    scheduler.end(ending);
    Await.get(closing);
    last.release();
    assertEverythingEnds(client, closing);
  }

  /** The retry of a run that the callback executor rejected is a timer, too. */
  @ParameterizedTest
  @EnumSource
  void whileTheCallbackExecutorIsFull(Ending ending) {
    ThreadPoolExecutor full =
        new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    closed(full::shutdownNow);
    AgentCraftClient client = connected(options -> options.callbackExecutor(full));
    Recorder<ConnectionState> states = states(client);
    CountDownLatch gate = new CountDownLatch(1);
    // The thread that ran a callback may be busy with it for another moment.
    Await.until("room in the executor", () -> offered(full, () -> Await.latch(gate)));
    CompletableFuture<Void> closing = client.closeAsync();
    scheduler.settle();
    scheduler.end(ending);
    gate.countDown();
    status(states, ConnectionStatus.CLOSED);
    assertEverythingEnds(client, closing);
  }

  private AgentCraftClient connected(UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = client(server.url(), options);
    Await.get(client.connect());
    return client;
  }

  private AgentCraftClient waiting() {
    AgentCraftClient client = client("ws://127.0.0.1:1", options -> options);
    Recorder<ConnectionState> states = states(client);
    futures.add(client.connect());
    waiting(states);
    return client;
  }

  @Override
  protected AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = super.client(
        url,
        builder -> options.apply(builder
            .scheduler(scheduler)
            .publishTransport(PublishTransport.WEBSOCKET)
            .reconnectPolicy(context ->
                io.agentcraft.client.connection.ReconnectPolicy.Decision.retryAfter(NEVER))
            .requestTimeout(NEVER)
            .drainTimeout(TIMEOUT)
            .closeTimeout(TIMEOUT)));
    client.stream(ServerMessage.class).subscribe(stream);
    return client;
  }

  private void askAndPublish(AgentCraftClient client) {
    futures.add(client.getSessionState("session_1"));
    futures.add(client.getSessionLogs("session_1"));
    futures.add(client.send(new Pong()));
    for (int i = 0; i < 3; i++) {
      futures.add(client.agent("agent_" + i, "Agent").processing(i, "Working"));
      futures.add(client.agent("agent_" + i, "Agent").completed("Done"));
    }
  }

  private void assertEverythingEnds(AgentCraftClient client, CompletableFuture<Void> closing) {
    Await.get(closing);
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
    assertThat(futures).allMatch(CompletableFuture::isDone);
    Await.latch(stream.completed);
    client.close();
  }

  private static boolean offered(ThreadPoolExecutor executor, Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  private static final class Completion implements Flow.Subscriber<ServerMessage> {

    final CountDownLatch completed = new CountDownLatch(1);

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(ServerMessage message) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {
      completed.countDown();
    }
  }

  private static final class ExecutorScheduler implements Scheduler, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

    void end(Ending ending) {
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      if (ending == Ending.SHUTDOWN) {
        executor.shutdown();
      } else {
        executor.shutdownNow();
      }
    }

    /** Waits until what was executed has run, and what that has executed. */
    void settle() {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> done.complete(null));
        Await.get(done);
      }
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      Future<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}

package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishTransport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes only have to be closed
class CurrentTaskTest {

  private final Bench bench =
      new Bench(PublishTransport.WEBSOCKET, FrameRateLimiter.UNLIMITED, false);
  private final AgentPublisher agent = bench.agent("a");
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @BeforeEach
  void connect() {
    bench.upToARelay();
  }

  @AfterEach
  void shutDown() {
    assertThat(AgentTask.current()).isEmpty();
    pool.shutdownNow();
  }

  private <T> T inPool(Callable<T> code) throws Exception {
    return pool.submit(code).get(20, TimeUnit.SECONDS);
  }

  /** Stands for a tool deep inside. */
  private static void grep() {
    AgentTask.current().ifPresent(task -> task.step("grep"));
  }

  @Test
  void aToolDeepInsideSaysItsStep() {
    grep();
    agent.run("index", task -> grep());
    grep();
    assertThat(bench.link.sent.stream()
            .map(frame -> ((AgentStatusUpdate) bench.codec.decodeServer(frame)).message()))
        .containsExactly("index", "grep", "index");
  }

  @Test
  void theCodeOfCallAndRunHasItsTaskHoweverItEnds() throws IOException {
    assertThat(agent.<Boolean, IOException>call("a", task -> AgentTask.current().get() == task))
        .isTrue();
    assertThat(AgentTask.current()).isEmpty();
    assertThatThrownBy(() -> agent.run("b", task -> {
          throw new IOException("disk full");
        }))
        .isInstanceOf(IOException.class);
    assertThat(AgentTask.current()).isEmpty();
  }

  @Test
  void theInnermostIsTheCurrentOne() {
    agent.run("outer", outer -> {
      agent.run("inner", inner -> assertThat(AgentTask.current()).containsSame(inner));
      assertThat(AgentTask.current()).containsSame(outer);
      try (AgentTask other = agent.task("other");
          AgentTask.Scope scope = other.makeCurrent()) {
        assertThat(AgentTask.current()).containsSame(other);
      }
      assertThat(AgentTask.current()).containsSame(outer);
    });
  }

  @Test
  void scopesMayBeClosedInAnyOrderAndTwice() {
    AgentTask a = agent.task("A");
    AgentTask b = agent.task("B");
    AgentTask.Scope outer = a.makeCurrent();
    AgentTask.Scope inner = b.makeCurrent();
    outer.close();
    assertThat(AgentTask.current()).containsSame(b);
    inner.close();
    assertThat(AgentTask.current()).isEmpty();
    AgentTask.Scope again = a.makeCurrent();
    inner.close();
    assertThat(AgentTask.current()).containsSame(a);
    again.close();
  }

  @Test
  void aScopeThatAnotherThreadClosesIsClosed() throws Exception {
    AgentTask.Scope scope = agent.task("A").makeCurrent();
    inPool(() -> {
      scope.close();
      return true;
    });
    assertThat(AgentTask.current()).isEmpty();
  }

  @Test
  void anotherThreadHasTheTaskOnlyIfItIsGivenIt() throws Exception {
    try (AgentTask task = agent.task("A");
        AgentTask.Scope scope = task.makeCurrent()) {
      assertThat(inPool(AgentTask::current)).isEmpty();
      assertThat(inPool(task.wrap(AgentTask::current))).containsSame(task);
      assertThat(CompletableFuture.supplyAsync(AgentTask::current, task.wrap(pool))
              .get(20, TimeUnit.SECONDS))
          .containsSame(task);
      CompletableFuture<AgentTask> seen = new CompletableFuture<>();
      pool.execute(task.wrap(() -> {
        seen.complete(AgentTask.current().orElseThrow());
      }));
      assertThat(seen.get(20, TimeUnit.SECONDS)).isSameAs(task);
      assertThat(inPool(AgentTask::current)).isEmpty();
    }
  }

  @Test
  void whatFailsInAnotherThreadLeavesNoTaskThere() throws Exception {
    try (AgentTask task = agent.task("A")) {
      assertThatThrownBy(() -> inPool(task.wrap((Callable<Object>) () -> {
            throw new IOException("disk full");
          })))
          .hasCauseInstanceOf(IOException.class);
      assertThat(inPool(AgentTask::current)).isEmpty();
    }
  }

  @Test
  void nothingIsKeptOnceTheCodeHasEnded() throws Exception {
    WeakReference<AgentTask> called = call();
    WeakReference<AgentTask> wrapped = wrap();
    // The threads, on which the tasks were current, are still there.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (called.get() != null || wrapped.get() != null) {
      assertThat(System.nanoTime() - deadline).isNegative();
      System.gc();
    }
  }

  private WeakReference<AgentTask> call() {
    return agent.<WeakReference<AgentTask>, RuntimeException>call("A", WeakReference::new);
  }

  private WeakReference<AgentTask> wrap() throws Exception {
    try (AgentTask task = agent.task("B")) {
      return inPool(task.wrap(() -> new WeakReference<>(AgentTask.current().orElseThrow())));
    }
  }
}

package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.publish.DefaultAgentTask.OpenTasks;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DefaultAgentTaskTest {

  private final Bench bench =
      new Bench(PublishTransport.WEBSOCKET, FrameRateLimiter.UNLIMITED, false);
  private final AgentPublisher agent = bench.agent("a");

  @BeforeEach
  void connect() {
    bench.upToARelay();
  }

  private List<String> published() {
    return bench.link.sent.stream()
        .map(frame -> (AgentStatusUpdate) bench.codec.decodeServer(frame))
        .map(update -> update.status() + " " + (int) update.progress() + " " + update.message())
        .toList();
  }

  @Test
  void aTaskThatIsCompleted() {
    try (AgentTask task = agent.task("index")) {
      task.progress(40, "17 of 40");
      task.handOff("Writer", "read all");
      task.complete("done");
    }
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index",
            "PROCESSING 40 17 of 40",
            "COLLABORATING 40 Hands off to Writer: read all",
            "COMPLETED 100 done");
  }

  @Test
  void aTaskThatIsNotCompletedHasFailed() {
    assertThatThrownBy(() -> {
          try (AgentTask task = agent.task("index")) {
            task.progress(40, "17 of 40");
            throw new IOException("disk full");
          }
        })
        .hasMessage("disk full");
    assertThat(published()).endsWith("ERROR 40 index was ended before it was completed");
  }

  @Test
  void aTaskThatFails() {
    try (AgentTask task = agent.task("index")) {
      task.fail(new IOException("disk full"));
    }
    try (AgentTask task = agent.task("again")) {
      task.fail(new IOException());
    }
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index", "ERROR 0 disk full", "PROCESSING 0 again", "ERROR 0 IOException");
  }

  @Test
  void anExceptionsMessageThatCannotBeSentDoesNotHideTheException() {
    assertThatThrownBy(() -> agent.call("index", task -> {
          throw new IOException("cut in half: \ud83d");
        }))
        .isInstanceOf(IOException.class);
    assertThat(published()).endsWith("ERROR 0 cut in half: ?");
  }

  @Test
  void aBodyThatReturnsAndOneThatThrows() throws IOException {
    String result = agent.call("index", task -> {
      task.progress(50, "half");
      return "result";
    });
    assertThat(result).isEqualTo("result");
    assertThatThrownBy(() -> agent.call("again", task -> {
          throw new IOException("disk full");
        }))
        .isInstanceOf(IOException.class);
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index",
            "PROCESSING 50 half",
            "COMPLETED 100 index",
            "PROCESSING 0 again",
            "ERROR 0 disk full");
  }

  @Test
  void callsAfterTheEndChangeNothing() {
    AgentTask task = agent.task("index");
    CompletableFuture<PublishReceipt> end = task.complete("done");
    assertThat(task.progress(10, "late")).isSameAs(end);
    assertThat(task.handOff("Writer", "late")).isSameAs(end);
    assertThat(task.fail(new IOException())).isSameAs(end);
    assertThat(task.complete("twice")).isSameAs(end);
    task.close();
    assertThat(published()).containsExactly("PROCESSING 0 index", "COMPLETED 100 done");
    assertThat(fate(end)).isEqualTo("WEBSOCKET");
  }

  @Test
  void onlyTheEndOfTheLastTaskIsTheAgentsEnd() {
    try (AgentTask outer = agent.task("outer")) {
      try (AgentTask inner = agent.task("inner")) {
        inner.progress(70, "inner step");
        inner.complete("inner done");
      }
      try (AgentTask inner = bench.agent("a").task("second")) {
        inner.fail(new IOException("second failed"));
      }
      outer.complete("outer done");
    }
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 outer",
            "PROCESSING 0 inner",
            "PROCESSING 70 inner step",
            "PROCESSING 70 inner done",
            "PROCESSING 0 second",
            "PROCESSING 0 second failed",
            "COMPLETED 100 outer done");
  }

  @Test
  void aMistakeInACallChangesNoCount() {
    assertThatIllegalArgumentException().isThrownBy(() -> agent.task("\ud83d"));
    try (AgentTask outer = agent.task("outer");
        AgentTask inner = agent.task("inner")) {
      assertThatIllegalArgumentException().isThrownBy(() -> inner.complete("\ud83d"));
      inner.complete("inner done");
      outer.complete("outer done");
    }
    assertThat(published()).endsWith("PROCESSING 0 inner done", "COMPLETED 100 outer done");
  }

  @Test
  void aTaskMayBeEndedByAnotherThread() throws ExecutionException, InterruptedException {
    AgentTask task = agent.task("index");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(task::close).get();
    } finally {
      thread.shutdown();
    }
    assertThat(published()).endsWith("ERROR 0 index was ended before it was completed");
  }

  @Test
  void ofTasksThatEndAtOnceExactlyTheLastToBePublishedIsTheAgentsEnd() throws Exception {
    Bench quiet = new Bench(PublishTransport.WEBSOCKET, FrameRateLimiter.UNLIMITED, false);
    OpenTasks open = quiet.engine.openTasks();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        open.start("a", () -> {});
        open.start("a", () -> {});
        CountDownLatch start = new CountDownLatch(1);
        Future<?> one = threads.submit(() -> end(open, start, order));
        Future<?> two = threads.submit(() -> end(open, start, order));
        start.countDown();
        one.get(10, TimeUnit.SECONDS);
        two.get(10, TimeUnit.SECONDS);
        assertThat(order).containsExactly("more", "last");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Object end(OpenTasks open, CountDownLatch start, Queue<String> order)
      throws InterruptedException {
    start.await();
    return open.end("a", () -> order.add("last"), () -> order.add("more"));
  }
}

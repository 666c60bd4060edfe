package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
  void aBodyOfWhichOnlyExceptionIsKnown() {
    AgentTask.AnyBody<String> body = task -> "result";
    AgentTask.AnyAction action = task -> {
      throw new IOException("disk full");
    };
    assertThatCode(() -> assertThat(agent.call("index", body)).isEqualTo("result"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> agent.run("again", action)).isInstanceOf(IOException.class);
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index", "COMPLETED 100 index", "PROCESSING 0 again", "ERROR 0 disk full");
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
  void eachTaskHasAnEndOfItsOwn() {
    AgentTask a = agent.task("A");
    AgentTask b = agent.task("B");
    b.fail(new IOException("disk full"));
    a.complete("ok");
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 A", "PROCESSING 0 B", "ERROR 0 disk full", "COMPLETED 100 ok");
    assertThat(a.sessionId()).isNotEqualTo(b.sessionId());
    assertThat(sessions())
        .containsExactly(a.sessionId(), b.sessionId(), b.sessionId(), a.sessionId());
  }

  private List<Object> sessions() {
    return bench.link.sent.stream()
        .map(frame ->
            ((AgentStatusUpdate) bench.codec.decodeServer(frame)).metadata().get("session_id"))
        .toList();
  }

  @Test
  void whatAnAgentKnows() {
    AgentTask task = agent.task("index");
    task.thinking("where to begin");
    task.progress(30, "three of ten");
    task.step("the next one");
    task.progress(5, 10, "half");
    task.progress(1, 0, "of nothing");
    task.toolStarted("grep", "the logs");
    task.toolEnded("grep", null);
    task.toolFailed("sed", new IOException("no such file"));
    task.waiting("for a licence");
    task.output("a finding");
    task.log("WARNING", "slow");
    task.cancel("no longer needed");
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index",
            "ANALYZING 0 where to begin",
            "PROCESSING 30 three of ten",
            "PROCESSING 30 the next one",
            "PROCESSING 50 half",
            "PROCESSING 50 of nothing",
            "PROCESSING 50 of nothing",
            "PROCESSING 50 of nothing",
            "PROCESSING 50 of nothing",
            "COLLABORATING 50 for a licence",
            "COLLABORATING 50 for a licence",
            "COLLABORATING 50 for a licence",
            "COMPLETED 50 Cancelled: no longer needed");
    assertThat(metadata("details"))
        .containsExactly(
            null,
            null,
            null,
            null,
            null,
            null,
            "grep: the logs",
            "grep ended",
            "sed failed: no such file",
            "Waiting for a person",
            "Waiting for a person",
            "Waiting for a person",
            "Cancelled: no longer needed");
    assertThat(metadata("session_output"))
        .filteredOn(Objects::nonNull)
        .containsExactly(
            List.of(output("output", "a finding", 0)), List.of(output("warning", "slow", 1)));
    assertThat(metadata("session_status")).endsWith("active", "completed");
    assertThat(metadata("session_phase")).endsWith((Object) "cancelled");
  }

  /** No two outputs have the same time. */
  private Map<String, Object> output(String type, String content, int millis) {
    double timestamp = bench.time.now().plusMillis(millis).toEpochMilli() / 1e3;
    return Map.of("timestamp", timestamp, "type", type, "content", content, "agent", "Agent a");
  }

  private List<Object> metadata(String key) {
    return bench.link.sent.stream()
        .map(frame ->
            ((AgentStatusUpdate) bench.codec.decodeServer(frame)).metadata().get(key))
        .toList();
  }

  static Stream<Arguments> errors() {
    IOException root = new IOException("disk full");
    return Stream.of(
        Arguments.of(root, "ERROR", "disk full"),
        Arguments.of(new IOException(), "ERROR", "IOException"),
        Arguments.of(new IOException(" "), "ERROR", "IOException"),
        Arguments.of(null, "ERROR", "failed"),
        Arguments.of(new InvocationTargetException(root), "ERROR", "disk full"),
        Arguments.of(new CompletionException(new ExecutionException(root)), "ERROR", "disk full"),
        Arguments.of(new UndeclaredThrowableException(root), "ERROR", "disk full"),
        Arguments.of(new CompletionException("alone", null), "ERROR", "alone"),
        Arguments.of(new IllegalStateException(root), "ERROR", "java.io.IOException: disk full"),
        Arguments.of(
            new IllegalStateException("no index", root), "ERROR", "no index, caused by: disk full"),
        Arguments.of(new IOException("cut: \ud83d"), "ERROR", "cut: ?"),
        Arguments.of(new InterruptedException("stop"), "COMPLETED", "Cancelled: stop"),
        Arguments.of(
            new ExecutionException(new CancellationException()),
            "COMPLETED",
            "Cancelled: CancellationException"),
        Arguments.of(
            new IllegalStateException(new InterruptedException("stop")),
            "COMPLETED",
            "Cancelled: java.lang.InterruptedException: stop"),
        Arguments.of(
            new UncheckedIOException("read", new ClosedByInterruptException()),
            "COMPLETED",
            "Cancelled: read, caused by: ClosedByInterruptException"),
        Arguments.of(
            new IOException(new FileLockInterruptionException()),
            "COMPLETED",
            "Cancelled: java.nio.channels.FileLockInterruptionException"),
        // Somebody else's work was cancelled, which this agent needed.
        Arguments.of(
            new IllegalStateException("no index", new CancellationException("late")),
            "ERROR",
            "no index, caused by: late"),
        // Without an interrupt it is a timeout.
        Arguments.of(new InterruptedIOException("timeout"), "ERROR", "timeout"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "ERROR", "Read timed out"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsToldWithItsRootCauseAndACancellationIsNoError(
      @Nullable Throwable error, String status, String message) {
    agent.task("index").fail(error);
    assertThat(published()).endsWith(status + " 0 " + message);
  }

  @Test
  void anInterruptedThreadsInputOrOutputIsCancelledUnlessItsTimeWasUp() {
    Thread.currentThread().interrupt();
    try {
      agent.task("index").fail(new InterruptedIOException("interrupted"));
      agent.task("again").fail(new SocketTimeoutException("Read timed out"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(published())
        .containsExactly(
            "PROCESSING 0 index",
            "COMPLETED 0 Cancelled: interrupted",
            "PROCESSING 0 again",
            "ERROR 0 Read timed out");
  }

  @Test
  void aBodyThatIsInterruptedIsCancelled() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> agent.run("index", task -> Thread.sleep(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(published())
        .containsExactly("PROCESSING 0 index", "COMPLETED 0 Cancelled: sleep interrupted");
  }

  @Test
  void aProcessThatEndsEndsWhatIsOpenAndWhateverBeginsAfterwards() {
    AgentTask ended = agent.task("A");
    ended.complete("done");
    AgentTask open = agent.task("B");
    agent.processing(50, "half");
    bench.publishers.session("not published").agent("C");
    bench.publishers.endAll("the end");
    assertThat(open.step("late")).isSameAs(open.complete("late"));
    AgentTask late = agent.task("D");
    assertThat(late.step("late")).isSameAs(late.complete("late"));
    assertThat(published())
        .startsWith("PROCESSING 0 A", "COMPLETED 100 done", "PROCESSING 0 B", "PROCESSING 50 half")
        .endsWith("PROCESSING 0 D", "ERROR 0 the end")
        .contains("ERROR 0 the end", "ERROR 50 the end")
        .hasSize(8);
  }

  @Test
  void noContentThrows() {
    try (AgentTask task = agent.task(null)) {
      task.thinking(null);
      task.step("\ud83d");
      task.progress(Double.NaN, null);
      task.progress(Long.MAX_VALUE, -1, null);
      task.toolStarted(null, null);
      task.toolEnded(null, null);
      task.toolFailed(null, null);
      task.waiting(null);
      task.handOff(null, null);
      task.log(null, null);
      task.output(null);
      task.complete(null);
    }
    assertThat(published()).startsWith("PROCESSING 0 ").endsWith("COMPLETED 100 ");
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
}

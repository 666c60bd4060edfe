package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.guard.CapturedLog;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is logged of errors that nobody listens to. */
class WarningsTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final CapturedLog log = new CapturedLog();
  private final MessageDispatcher dispatcher = dispatcher(Runnable::run);
  private final InboundFrameHandler inbound = handler(dispatcher);

  @AfterEach
  void stopCapturing() {
    log.close();
  }

  @Test
  void malformedFramesDoNotHideAListenerThatThrows() {
    dispatcher.listeners().add(List.of("agent_status"), message -> {
      throw new IllegalStateException("boom");
    });
    inbound.text("junk");
    for (int i = 0; i < 50; i++) {
      status("a");
      inbound.text("junk");
    }

    assertThat(log.warnings()).hasSize(2);
    assertThat(log.warnings().get(0)).contains("junk").contains("onError");
    assertThat(log.warnings().get(1)).contains("boom").contains("onError");
    assertThat(log.traces().get(0)).isEmpty();
    assertThat(log.traces().get(1)).contains("IllegalStateException: boom", "\tat ");
  }

  @Test
  void oneListenerDoesNotHideAnother() {
    for (String name : List.of("one", "other")) {
      dispatcher.listeners().add(List.of("agent_status"), message -> {
        throw new IllegalStateException(name);
      });
    }
    status("a");
    status("a");

    assertThat(log.warnings())
        .satisfiesExactly(
            first -> assertThat(first).contains("IllegalStateException: one"),
            second -> assertThat(second).contains("IllegalStateException: other"));
  }

  @Test
  void oneExceptionOfAListenerDoesNotHideAnother() {
    List<RuntimeException> failures = new ArrayList<>(
        List.of(new IllegalStateException("one"), new ArithmeticException("other")));
    dispatcher.listeners().addForEverything(message -> {
      throw failures.remove(0);
    });
    status("a");
    status("a");

    assertThat(log.warnings()).hasSize(2);
  }

  @Test
  void oneKindOfMalformedFrameDoesNotHideAnother() {
    dispatcher.listeners().addForEverything(message -> {});
    for (int i = 0; i < 3; i++) {
      inbound.text("junk");
      inbound.binary(7);
      inbound.leftOut(1_000_000);
      inbound.text("{\"type\":\"agent_status\"}");
      inbound.text("{\"type\":\"session_logs\"}");
      inbound.text("{\"type\":\"new" + i + "\"");
    }

    assertThat(log.warnings()).hasSize(6);
  }

  @Test
  void anErrorListenerThatThrowsDoesNotFillTheLog() {
    dispatcher.listeners().addForErrors(error -> {
      throw new IllegalStateException("boom");
    });
    for (int i = 0; i < 50; i++) {
      inbound.text("junk");
    }

    assertThat(log.warnings()).singleElement().asString().contains("An error listener threw");
  }

  @Test
  void aWarningSaysHowManyLikeItWereLeftOut() {
    for (int i = 0; i < 50; i++) {
      inbound.text("junk");
      inbound.binary(1);
    }
    scheduler.advance(Duration.ofMinutes(1));
    inbound.text("junk");

    assertThat(log.warnings()).hasSize(3);
    assertThat(log.warnings().get(2)).contains("49 more like it were not logged");
  }

  @Test
  void theLastLineSaysHowManyWereLeftOut() {
    for (int i = 0; i < 50; i++) {
      inbound.text("junk");
      inbound.binary(1);
    }
    dispatcher.state(new ConnectionState(ConnectionStatus.CLOSED, 0, null, null, null, null));

    assertThat(log.warnings()).hasSize(3);
    assertThat(log.warnings().get(2)).startsWith("98 more warnings");
  }

  @Test
  void aFullBufferSaysHowOftenItWas() {
    List<Runnable> turns = new ArrayList<>();
    MessageDispatcher full = dispatcher(turns::add);
    for (int i = 0; i < 40; i++) {
      full.frame("agent_status", "{}", new TestReader());
    }
    scheduler.advance(Duration.ofMinutes(1));
    full.frame("agent_status", "{}", new TestReader());

    assertThat(log.warnings()).hasSize(2);
    assertThat(log.warnings().get(1)).contains("31 more like it were not logged");
  }

  @Test
  void aCallbackExecutorThatIsShutDownDoesNotFillTheLog() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.shutdown();
    MessageDispatcher ended = dispatcher(executor);
    for (int i = 0; i < 50; i++) {
      ended.frame("agent_status", "{}", new TestReader());
    }

    assertThat(log.warnings()).singleElement().asString().contains("accepts no more tasks");
  }

  @Test
  void aCallbackExecutorThatIsFullNowAndThenDoesNotFillTheLog() {
    boolean[] full = {true};
    MessageDispatcher busy = dispatcher(task -> {
      full[0] = !full[0];
      if (!full[0]) {
        throw new RejectedExecutionException("full");
      }
      task.run();
    });
    for (int i = 0; i < 50; i++) {
      busy.frame("agent_status", "{}", new TestReader());
      scheduler.advance(RetryingExecutor.PAUSE);
    }

    assertThat(log.warnings()).singleElement().asString().contains("rejected a task");
  }

  /** Also in the stack trace: a listener may quote what it has received. */
  @Test
  void textFromOutsideStaysOnOneLine() {
    dispatcher.listeners().add(List.of("agent_status"), message -> {
      throw new NumberFormatException("For input string: \"\u001b[2J\nFAKE ERROR all is lost\"");
    });
    dispatcher.listeners().addForUnknown(message -> {
      throw new IllegalStateException(message.type());
    });
    inbound.text("junk \u001b[2J\nFAKE 2026 ERROR all is lost");
    status("a");
    inbound.text("{\"type\":\"\\u001b[2J\\nFAKE ERROR\\u202e\"}");

    assertThat(log.warnings())
        .hasSize(3)
        .allSatisfy(message -> assertThat(message).contains("\\u001B[2J\\u000AFAKE"));
    assertThat(log.messages())
        .allSatisfy(message -> assertThat(message).doesNotContainPattern("[\\p{Cc}\u202e]"));
    assertThat(log.traces())
        .allSatisfy(trace -> assertThat(trace.replaceAll("\\R\t?", ""))
            .doesNotContainPattern("[\\p{Cc}\u202e]")
            .doesNotContainPattern("(?m)^FAKE"));
  }

  private void status(String agentId) {
    inbound.text("{\"type\":\"agent_status\",\"agent_id\":\"" + agentId + "\"}");
  }

  private MessageDispatcher dispatcher(Executor executor) {
    return new MessageDispatcher(
        new CallbackBuffer(
            executor, scheduler, 8, OverflowStrategy.DROP_OLDEST, Instrumentation.NONE),
        MessageCodec.create(),
        Instrumentation.NONE,
        scheduler::nanoTime);
  }

  private InboundFrameHandler handler(MessageDispatcher to) {
    return new InboundFrameHandler(
        FakeSocket.connection(new FakeSocket(), scheduler, event -> {}),
        new EventLoop(scheduler),
        MessageCodec.create(),
        to,
        new FrameRateLimiter(60, Instrumentation.NONE),
        List.of());
  }
}

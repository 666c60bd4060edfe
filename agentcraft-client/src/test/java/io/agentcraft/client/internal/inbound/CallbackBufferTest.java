package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackBufferTest {

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Integer> ran = new ArrayList<>();
  private final TestReader reader = new TestReader();
  private final ManualScheduler scheduler = ManualScheduler.inline();
  private @Nullable RuntimeException refusal;

  @Test
  void callbacksRunInOrderAcrossTheTurnsOfTheExecutor() {
    CallbackBuffer queue = queueOn(executor::add, 10_000, OverflowStrategy.BLOCK);
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.addMessage(() -> ran.add(number), reader);
    }
    assertThat(executor).hasSize(1);
    executor.remove().run();
    assertThat(ran).as("one turn").hasSizeBetween(1, 999);
    runAll();

    assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(queue.size()).isZero();
  }

  @Test
  void dropOldestDropsMessagesOnlyAndCountsThem() {
    CallbackBuffer queue = queueOn(executor::add, 2, OverflowStrategy.DROP_OLDEST);
    queue.add(() -> ran.add(100));
    for (int i = 0; i < 5; i++) {
      int number = i;
      queue.addMessage(() -> ran.add(number), reader);
    }
    runAll();

    assertThat(ran).containsExactly(100, 3, 4);
    assertThat(queue.dropped()).isEqualTo(3);
  }

  @Test
  void aReaderWaitsForRoom() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 1, OverflowStrategy.BLOCK);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);
    assertThat(added).isNotDone();

    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void closeLetsAWaitingReaderGoAndKeepsWhatWasQueued() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 1, OverflowStrategy.BLOCK);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    queue.close();
    added.get(10, TimeUnit.SECONDS);
    queue.add(() -> ran.add(3));
    runAll();

    assertThat(ran).containsExactly(1, 3);
  }

  @Test
  void aMessageWhoseConnectionWasLostWhileItsReaderWaitedIsDropped() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 1, OverflowStrategy.BLOCK);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void aReaderWhoseConnectionIsLostDoesNotWaitForAListenerThatIsStuck() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 1, OverflowStrategy.BLOCK);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    queue.onDown();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExecutorThatRefusesForAWhileLosesNothing(boolean rejects) {
    refusal = rejects ? new RejectedExecutionException("full") : new IllegalStateException("full");
    CallbackBuffer queue = queueOn(this::refuseOrTake, 2, OverflowStrategy.BLOCK);
    queue.addMessage(() -> ran.add(1), reader);
    queue.addMessage(() -> ran.add(2), reader);
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(executor).isEmpty();

    refusal = null;
    scheduler.advance(RetryingExecutor.PAUSE);
    queue.add(() -> ran.add(3));
    assertThat(executor).as("one turn at a time").hasSize(1);
    runAll();

    assertThat(ran).containsExactly(1, 2, 3);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aReaderThatWaitsForAnExecutorThatRefusesGoesOnWithIt() throws Exception {
    refusal = new RejectedExecutionException("full");
    CallbackBuffer queue = queueOn(this::refuseOrTake, 1, OverflowStrategy.BLOCK);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    refusal = null;
    scheduler.advance(RetryingExecutor.PAUSE);
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void anExecutorThatIsShutDownLosesTheCallbacksAndSaysSo() {
    ExecutorService shutDown = Executors.newSingleThreadExecutor();
    shutDown.shutdown();
    CallbackBuffer queue = queueOn(shutDown, 1, OverflowStrategy.BLOCK);
    queue.addMessage(() -> ran.add(1), reader);
    queue.addMessage(() -> ran.add(2), reader);

    assertThat(queue.add(() -> ran.add(3))).isFalse();
    assertThat(queue.size()).isZero();
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void afterCloseAnExecutorThatRefusesIsAskedForASecond() {
    refusal = new RejectedExecutionException("full");
    CallbackBuffer queue = queueOn(this::refuseOrTake, 1, OverflowStrategy.BLOCK);
    queue.close();
    assertThat(queue.add(() -> ran.add(1))).isTrue();

    scheduler.advance(RetryingExecutor.PAUSE.multipliedBy(RetryingExecutor.ATTEMPTS_WHEN_CLOSED));
    assertThat(scheduler.pendingTimers()).isZero();
    assertThat(queue.size()).isZero();
  }

  @Test
  void closingGivesAnExecutorThatRefusedForLongASecondAsWell() {
    refusal = new RejectedExecutionException("full");
    CallbackBuffer queue = queueOn(this::refuseOrTake, 1, OverflowStrategy.BLOCK);
    queue.addMessage(() -> ran.add(1), reader);
    scheduler.advance(Duration.ofMinutes(1));
    queue.close();
    refusal = null;
    scheduler.advance(RetryingExecutor.PAUSE);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void withoutALoopToAskAgainCallbacksAreLost() {
    refusal = new RejectedExecutionException("full");
    ManualScheduler gone = ManualScheduler.inline();
    gone.close();
    CallbackBuffer queue = new CallbackBuffer(
        this::refuseOrTake, gone, 1, OverflowStrategy.BLOCK, Instrumentation.NONE);

    assertThat(queue.add(() -> ran.add(1))).isFalse();
    assertThat(queue.size()).isZero();
  }

  @Test
  void anExecutorThatIsShutDownMeanwhileLosesNothingOfWhatIsQueued() {
    CallbackBuffer queue = queueOn(this::refuseOrTake, 10_000, OverflowStrategy.BLOCK);
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.addMessage(() -> ran.add(number), reader);
    }
    refusal = new RejectedExecutionException("shut down");
    runAll();

    assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(queue.isRunner()).isFalse();
  }

  @Test
  void aCallbackThatThrowsIsNotTheLast() {
    CallbackBuffer queue = queueOn(executor::add, 8, OverflowStrategy.BLOCK);
    queue.add(() -> {
      throw new AssertionError("a bug");
    });
    queue.add(() -> ran.add(1));
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void onlyTheThreadInsideACallbackIsTheRunner() {
    CallbackBuffer queue = queueOn(executor::add, 8, OverflowStrategy.BLOCK);
    List<Boolean> inside = new ArrayList<>();
    queue.add(() -> inside.add(queue.isRunner()));
    assertThat(queue.isRunner()).isFalse();
    runAll();

    assertThat(inside).containsExactly(true);
    assertThat(queue.isRunner()).isFalse();
  }

  /** Fills a queue of one and adds another on a thread of its own; returns once that one waits. */
  private CompletableFuture<Void> fillAndAddOneMore(CallbackBuffer queue) throws Exception {
    queue.addMessage(() -> ran.add(1), reader);
    return reader.addToFull(queue, () -> ran.add(2));
  }

  private CallbackBuffer queueOn(Executor callbacks, int bound, OverflowStrategy overflow) {
    return new CallbackBuffer(callbacks, scheduler, bound, overflow, Instrumentation.NONE);
  }

  private void refuseOrTake(Runnable task) {
    if (refusal != null) {
      throw refusal;
    }
    executor.add(task);
  }

  private void runAll() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }
}

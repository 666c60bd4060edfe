package io.agentcraft.client.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.observe.Meter;
import io.agentcraft.client.listener.Overflow;
import io.agentcraft.client.time.ManualScheduler;
import io.agentcraft.client.time.Scheduler;
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

class CallbackQueueTest {

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Integer> ran = new ArrayList<>();
  private final TestReader reader = new TestReader();
  private final ManualScheduler scheduler = new ManualScheduler();
  private @Nullable RuntimeException refusal;

  @Test
  void callbacksRunInOrderAcrossTheTurnsOfTheExecutor() {
    CallbackQueue queue = queueOn(executor::add, 10_000, Overflow.WAIT);
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.addBounded(() -> ran.add(number), reader);
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
    CallbackQueue queue = queueOn(executor::add, 2, Overflow.DROP_OLDEST);
    queue.add(() -> ran.add(100));
    for (int i = 0; i < 5; i++) {
      int number = i;
      queue.addBounded(() -> ran.add(number), reader);
    }
    runAll();

    assertThat(ran).containsExactly(100, 3, 4);
    assertThat(queue.dropped()).isEqualTo(3);
  }

  @Test
  void aReaderWaitsForRoom() throws Exception {
    CallbackQueue queue = queueOn(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);
    assertThat(added).isNotDone();

    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void closeLetsAWaitingReaderGoAndKeepsWhatWasQueued() throws Exception {
    CallbackQueue queue = queueOn(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    queue.close();
    added.get(10, TimeUnit.SECONDS);
    queue.add(() -> ran.add(3));
    runAll();

    assertThat(ran).containsExactly(1, 3);
  }

  @Test
  void aMessageWhoseConnectionWasLostWhileItsReaderWaitedIsDropped() throws Exception {
    CallbackQueue queue = queueOn(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void aReaderWhoseConnectionIsLostDoesNotWaitForAListenerThatIsStuck() throws Exception {
    CallbackQueue queue = queueOn(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    queue.sourceOver();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExecutorThatRefusesForAWhileLosesNothing(boolean rejects) {
    refusal = rejects ? new RejectedExecutionException("full") : new IllegalStateException("full");
    CallbackQueue queue = queueOn(this::refuseOrTake, 2, Overflow.WAIT);
    queue.addBounded(() -> ran.add(1), reader);
    queue.addBounded(() -> ran.add(2), reader);
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(executor).isEmpty();

    refusal = null;
    scheduler.advance(TurnExecutor.PAUSE);
    queue.add(() -> ran.add(3));
    assertThat(executor).as("one turn at a time").hasSize(1);
    runAll();

    assertThat(ran).containsExactly(1, 2, 3);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aReaderThatWaitsForAnExecutorThatRefusesGoesOnWithIt() throws Exception {
    refusal = new RejectedExecutionException("full");
    CallbackQueue queue = queueOn(this::refuseOrTake, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    refusal = null;
    scheduler.advance(TurnExecutor.PAUSE);
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void anExecutorThatIsShutDownLosesTheCallbacksAndSaysSo() {
    ExecutorService shutDown = Executors.newSingleThreadExecutor();
    shutDown.shutdown();
    CallbackQueue queue = queueOn(shutDown, 1, Overflow.WAIT);
    queue.addBounded(() -> ran.add(1), reader);
    queue.addBounded(() -> ran.add(2), reader);

    assertThat(queue.add(() -> ran.add(3))).isFalse();
    assertThat(queue.size()).isZero();
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void afterCloseAnExecutorThatRefusesIsAskedForASecond() {
    refusal = new RejectedExecutionException("full");
    CallbackQueue queue = queueOn(this::refuseOrTake, 1, Overflow.WAIT);
    queue.close();
    assertThat(queue.add(() -> ran.add(1))).isTrue();

    scheduler.advance(TurnExecutor.PAUSE.multipliedBy(TurnExecutor.ATTEMPTS_AT_CLOSE));
    assertThat(scheduler.pendingTimers()).isZero();
    assertThat(queue.size()).isZero();
  }

  @Test
  void closingGivesAnExecutorThatRefusedForLongASecondAsWell() {
    refusal = new RejectedExecutionException("full");
    CallbackQueue queue = queueOn(this::refuseOrTake, 1, Overflow.WAIT);
    queue.addBounded(() -> ran.add(1), reader);
    scheduler.advance(Duration.ofMinutes(1));
    queue.close();
    refusal = null;
    scheduler.advance(TurnExecutor.PAUSE);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void withoutALoopToAskAgainCallbacksAreLost() {
    refusal = new RejectedExecutionException("full");
    Scheduler gone = new ManualScheduler() {
      @Override
      public Timer schedule(Duration delay, Runnable task) {
        throw new RejectedExecutionException("The loop is gone.");
      }
    };
    CallbackQueue queue = new CallbackQueue(this::refuseOrTake, gone, 1, Overflow.WAIT, Meter.NONE);

    assertThat(queue.add(() -> ran.add(1))).isFalse();
    assertThat(queue.size()).isZero();
  }

  @Test
  void anExecutorThatIsShutDownMeanwhileLosesNothingOfWhatIsQueued() {
    CallbackQueue queue = queueOn(this::refuseOrTake, 10_000, Overflow.WAIT);
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.addBounded(() -> ran.add(number), reader);
    }
    refusal = new RejectedExecutionException("shut down");
    runAll();

    assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(queue.isRunner()).isFalse();
  }

  @Test
  void aCallbackThatThrowsIsNotTheLast() {
    CallbackQueue queue = queueOn(executor::add, 8, Overflow.WAIT);
    queue.add(() -> {
      throw new AssertionError("a bug");
    });
    queue.add(() -> ran.add(1));
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void onlyTheThreadInsideACallbackIsTheRunner() {
    CallbackQueue queue = queueOn(executor::add, 8, Overflow.WAIT);
    List<Boolean> inside = new ArrayList<>();
    queue.add(() -> inside.add(queue.isRunner()));
    assertThat(queue.isRunner()).isFalse();
    runAll();

    assertThat(inside).containsExactly(true);
    assertThat(queue.isRunner()).isFalse();
  }

  /** Fills a queue of one and adds another on a thread of its own; returns once that one waits. */
  private CompletableFuture<Void> fillAndAddOneMore(CallbackQueue queue) throws Exception {
    queue.addBounded(() -> ran.add(1), reader);
    return reader.addToFull(queue, () -> ran.add(2));
  }

  private CallbackQueue queueOn(Executor callbacks, int bound, Overflow overflow) {
    return new CallbackQueue(callbacks, scheduler, bound, overflow, Meter.NONE);
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

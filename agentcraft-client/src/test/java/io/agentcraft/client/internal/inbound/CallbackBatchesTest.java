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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the runner takes along without the lock, and the reader that waits meanwhile. */
class CallbackBatchesTest {

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Integer> ran = new ArrayList<>();
  private final TestReader reader = new TestReader();
  private final ManualScheduler scheduler = ManualScheduler.inline();

  @Test
  void aHoldKeepsBackWhatTheRunnerTookAlong() {
    CallbackBuffer queue = queueOn(executor::add, 80, OverflowStrategy.BLOCK);
    for (int i = 0; i < 10; i++) {
      int number = i;
      queue.addMessage(
          () -> {
            ran.add(number);
            if (number == 3) {
              queue.hold();
            }
          },
          reader);
    }
    runAll();
    assertThat(ran).containsExactly(0, 1, 2, 3);
    assertThat(queue.size()).isEqualTo(6);

    queue.release();
    runAll();
    assertThat(ran).isEqualTo(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void whatIsUrgentOvertakesWhatTheRunnerTookAlong() {
    CallbackBuffer queue = queueOn(executor::add, 80, OverflowStrategy.BLOCK);
    for (int i = 0; i < 10; i++) {
      int number = i;
      queue.addMessage(
          () -> {
            ran.add(number);
            if (number == 3) {
              queue.addFirst(() -> ran.add(100));
              queue.add(() -> ran.add(200));
            }
          },
          reader);
    }
    runAll();

    assertThat(ran).containsExactly(0, 1, 2, 3, 100, 4, 5, 6, 7, 8, 9, 200);
  }

  @Test
  void whatTheRunnerTookAlongStillWaits() {
    CallbackBuffer queue = queueOn(executor::add, 80, OverflowStrategy.BLOCK);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      queue.addMessage(() -> sizes.add(queue.size()), reader);
    }
    runAll();

    assertThat(sizes).containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void aReaderIsLetInOnceThereIsRoomForMany() throws Exception {
    CallbackBuffer queue = new CallbackBuffer(
        executor::add,
        scheduler,
        80,
        OverflowStrategy.BLOCK,
        Instrumentation.NONE,
        Duration.ofHours(1));
    List<Boolean> waitsBehind = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      queue.addMessage(() -> waitsBehind.add(queue.hasWaitingReader()), reader);
    }
    CompletableFuture<Void> added = reader.addToFull(queue, () -> ran.add(80));
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    // When the tenth callback begins, an eighth is free.
    assertThat(waitsBehind.subList(0, 9)).containsOnly(true);
    assertThat(waitsBehind.get(9)).isFalse();
    assertThat(ran).containsExactly(80);
  }

  @Test
  void aCallbackThatWaitsForWhatComesNextGetsItIfThereIsAnyRoom() throws Exception {
    // So long that the reader is still patient when the callback begins to wait.
    CallbackBuffer queue = new CallbackBuffer(
        executor::add,
        scheduler,
        80,
        OverflowStrategy.BLOCK,
        Instrumentation.NONE,
        Duration.ofMillis(100));
    List<CompletableFuture<Void>> next = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      int number = i;
      queue.addMessage(
          () -> {
            ran.add(number);
            if (number == 3) {
              // Four places are free: too few to wake the reader for, so it has to look itself.
              next.get(0).orTimeout(10, TimeUnit.SECONDS).join();
            }
          },
          reader);
    }
    next.add(reader.addToFull(queue, () -> ran.add(80)));
    runAll();

    assertThat(ran).isEqualTo(IntStream.rangeClosed(0, 80).boxed().toList());
  }

  @Test
  void aReaderWaitsAsWellWhenTooMuchTextIsThere() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 80, OverflowStrategy.BLOCK);
    queue.addMessage(new Text(3 << 20), reader);
    assertThat(reader.waits.getCount()).as("one message may be of any size").isEqualTo(1);
    CompletableFuture<Void> added = reader.addToFull(queue, () -> ran.add(2));
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(3 << 20, 2);
  }

  @Test
  void dropOldestDropsUntilThereIsRoomForTheTextToo() {
    CallbackBuffer queue = queueOn(executor::add, 1_000, OverflowStrategy.DROP_OLDEST);
    for (int i = 1; i <= 10; i++) {
      queue.addMessage(new Text(100_000 + i), reader);
    }
    assertThat(queue.dropped()).isZero();
    queue.addMessage(new Text(250_000), reader);
    assertThat(queue.dropped()).isEqualTo(3);
    queue.addMessage(new Text(3), reader);
    runAll();

    assertThat(queue.dropped()).isEqualTo(3);
    assertThat(ran)
        .containsExactly(100_004, 100_005, 100_006, 100_007, 100_008, 100_009, 100_010, 250_000, 3);
  }

  @Test
  void oneMessageMayBeOfAnySizeAndIsThenTheOnlyOne() {
    CallbackBuffer queue = queueOn(executor::add, 1_000, OverflowStrategy.DROP_OLDEST);
    for (int i = 0; i < 50; i++) {
      queue.addMessage(new Text(7_500_000 + i), reader);
      assertThat(queue.size()).isEqualTo(1);
    }
    runAll();

    assertThat(ran).containsExactly(7_500_049);
    assertThat(queue.dropped()).isEqualTo(49);
  }

  @Test
  void whatIsStaleOrTooLateDropsNothing() {
    CallbackBuffer queue = queueOn(executor::add, 1, OverflowStrategy.DROP_OLDEST);
    queue.addMessage(() -> ran.add(1), reader);
    reader.over = true;
    queue.addMessage(() -> ran.add(2), reader);
    reader.over = false;
    queue.close();
    queue.addMessage(() -> ran.add(3), reader);
    runAll();

    assertThat(ran).containsExactly(1);
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void aLargeMessageStillCountsWhileAnotherOneRuns() throws Exception {
    CallbackBuffer queue = queueOn(executor::add, 80, OverflowStrategy.BLOCK);
    List<CompletableFuture<Void>> added = new ArrayList<>();
    queue.addMessage(
        () -> {
          try {
            added.add(reader.addToFull(queue, () -> ran.add(2)));
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
          ran.add(1);
        },
        reader);
    queue.addMessage(new Text(3 << 20), reader);
    executor.remove().run();
    added.get(0).get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 3 << 20, 2);
  }

  @Test
  void nothingIsLostAndNothingOvertakesWithThreadsThatHoldAndHurry() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CallbackBuffer queue = queueOn(threads, 64, OverflowStrategy.BLOCK);
      int count = 50_000;
      CompletableFuture<Void> disturber = CompletableFuture.runAsync(
          () -> {
            for (int i = 0; i < 2_000; i++) {
              queue.hold();
              queue.addFirst(() -> {});
              queue.release();
            }
          },
          threads);
      for (int i = 0; i < count; i++) {
        int number = i;
        queue.addMessage(() -> ran.add(number), reader);
      }
      disturber.get(10, TimeUnit.SECONDS);
      CompletableFuture<Void> last = new CompletableFuture<>();
      queue.add(() -> last.complete(null));
      last.get(10, TimeUnit.SECONDS);

      assertThat(ran).isEqualTo(IntStream.range(0, count).boxed().toList());
    } finally {
      threads.shutdownNow();
    }
  }

  /** A message with much text. */
  private final class Text implements CallbackBuffer.Message {

    private final int chars;

    Text(int chars) {
      this.chars = chars;
    }

    @Override
    public long chars() {
      return chars;
    }

    @Override
    public void run() {
      ran.add(chars);
    }
  }

  private CallbackBuffer queueOn(Executor callbacks, int bound, OverflowStrategy overflow) {
    return new CallbackBuffer(callbacks, scheduler, bound, overflow, Instrumentation.NONE);
  }

  private void runAll() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }
}

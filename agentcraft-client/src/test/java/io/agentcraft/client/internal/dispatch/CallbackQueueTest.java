package io.agentcraft.client.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.listener.Overflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackQueueTest {

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Integer> ran = new ArrayList<>();
  private final Reader reader = new Reader();

  @Test
  void callbacksRunInOrderAcrossTheTurnsOfTheExecutor() {
    CallbackQueue queue = new CallbackQueue(executor::add, 10_000, Overflow.WAIT);
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
    CallbackQueue queue = new CallbackQueue(executor::add, 2, Overflow.DROP_OLDEST);
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
    CallbackQueue queue = new CallbackQueue(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);
    assertThat(added).isNotDone();

    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void closeLetsAWaitingReaderGoAndKeepsWhatWasQueued() throws Exception {
    CallbackQueue queue = new CallbackQueue(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    queue.close();
    added.get(10, TimeUnit.SECONDS);
    queue.add(() -> ran.add(3));
    runAll();

    assertThat(ran).containsExactly(1, 3);
  }

  @Test
  void aMessageWhoseConnectionWasLostWhileItsReaderWaitedIsDropped() throws Exception {
    CallbackQueue queue = new CallbackQueue(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    executor.remove().run();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void aReaderWhoseConnectionIsLostDoesNotWaitForAListenerThatIsStuck() throws Exception {
    CallbackQueue queue = new CallbackQueue(executor::add, 1, Overflow.WAIT);
    CompletableFuture<Void> added = fillAndAddOneMore(queue);

    reader.over = true;
    queue.sourceOver();
    added.get(10, TimeUnit.SECONDS);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExecutorThatThrowsLosesTheCallbacksButHoldsUpNobody(boolean rejects) {
    boolean[] broken = {true};
    CallbackQueue queue = new CallbackQueue(
        task -> {
          if (broken[0]) {
            throw rejects
                ? new RejectedExecutionException("shut down")
                : new IllegalStateException("broken");
          }
          executor.add(task);
        },
        1,
        Overflow.WAIT);
    queue.addBounded(() -> ran.add(1), reader);
    queue.addBounded(() -> ran.add(2), reader);
    broken[0] = false;
    queue.addBounded(() -> ran.add(3), reader);
    runAll();

    assertThat(ran).containsExactly(3);
  }

  @Test
  void anExecutorThatIsShutDownMeanwhileLosesNothingOfWhatIsQueued() {
    boolean[] shutDown = {false};
    CallbackQueue queue = new CallbackQueue(
        task -> {
          if (shutDown[0]) {
            throw new RejectedExecutionException("shut down");
          }
          executor.add(task);
        },
        10_000,
        Overflow.WAIT);
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.addBounded(() -> ran.add(number), reader);
    }
    shutDown[0] = true;
    runAll();

    assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(queue.isRunner()).isFalse();
  }

  @Test
  void aCallbackThatThrowsIsNotTheLast() {
    CallbackQueue queue = new CallbackQueue(executor::add, 8, Overflow.WAIT);
    queue.add(() -> {
      throw new AssertionError("a bug");
    });
    queue.add(() -> ran.add(1));
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void onlyTheThreadInsideACallbackIsTheRunner() {
    CallbackQueue queue = new CallbackQueue(executor::add, 8, Overflow.WAIT);
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
    CompletableFuture<Void> added =
        CompletableFuture.runAsync(() -> queue.addBounded(() -> ran.add(2), reader));
    assertThat(reader.waits.await(10, TimeUnit.SECONDS)).isTrue();
    return added;
  }

  private void runAll() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }

  private static final class Reader implements CallbackQueue.Source {

    private final CountDownLatch waits = new CountDownLatch(1);
    private volatile boolean over;

    @Override
    public void readerWaits(boolean nowWaits) {
      waits.countDown();
    }

    @Override
    public boolean isOver() {
      return over;
    }
  }
}

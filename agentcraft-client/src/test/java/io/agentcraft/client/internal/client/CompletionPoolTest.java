package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CompletionPoolTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  /** The workers that were started. One that is run here runs to its end; one that is not is as good as stuck. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final CompletionPool pool = new CompletionPool(threads::add, scheduler);
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void aFewThreadsServeManyTasks() {
    submit(3_000);
    assertThat(threads).hasSize(CompletionPool.THREADS);
    threads.remove().run();

    assertThat(ran).hasSize(3_000).isSorted();
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(threads).hasSize(CompletionPool.THREADS - 1);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void growsByAsMuchAsItHasWhileTasksStayQueued() {
    submit(100);
    stall();
    assertThat(threads).hasSize(2 * CompletionPool.THREADS);
    stall();
    assertThat(threads).hasSize(4 * CompletionPool.THREADS);
    threads.remove().run();
    stall();

    assertThat(ran).hasSize(100);
    assertThat(threads).hasSize(4 * CompletionPool.THREADS - 1);
  }

  @Test
  void aTaskLeavesNothingOnItsThread() {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    pool.execute(() -> {
      thread.interrupt();
      thread.setContextClassLoader(null);
    });
    pool.execute(() -> {
      assertThat(thread.isInterrupted()).isFalse();
      assertThat(thread.getContextClassLoader()).isSameAs(loader);
      ran.add(1);
    });
    threads.remove().run();

    assertThat(ran).hasSize(1);
  }

  @Test
  void hasAThreadForEachOfAThousandTasksAfterEightStalls() {
    submit(1_000);
    for (int i = 0; i < 8; i++) {
      stall();
    }

    assertThat(threads).hasSize(CompletionPool.THREADS << 8);
  }

  @Test
  void doesNotGrowForTasksThatHaveJustCome() {
    submit(10);
    scheduler.advance(CompletionPool.STALL.minusNanos(1));
    pool.execute(() -> ran.add(10));
    assertThat(threads).hasSize(CompletionPool.THREADS);
    threads.remove().run();
    submit(20);
    scheduler.advance(Duration.ofNanos(1));

    assertThat(threads).hasSize(CompletionPool.THREADS);
  }

  @Test
  void afterTheLastClientIsClosedEachTaskThatIsQueuedHasAThread() {
    submit(10);
    pool.close();
    assertThat(threads).hasSize(CompletionPool.THREADS + 10);
    threads.forEach(Runnable::run);

    assertThat(ran).hasSize(10);
  }

  @Test
  void aTaskIsRunOnceWhenNobodyLooksForStallsAnyMore() {
    ManualScheduler ended = ManualScheduler.inline();
    ended.close();
    CompletionPool late = new CompletionPool(threads::add, ended);
    for (int i = 0; i < 6; i++) {
      int number = i;
      late.execute(() -> ran.add(number));
    }
    assertThat(threads).hasSize(6);
    threads.forEach(Runnable::run);

    assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5);
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      pool.execute(() -> ran.add(number));
    }
  }

  private void stall() {
    scheduler.advance(CompletionPool.STALL);
  }
}

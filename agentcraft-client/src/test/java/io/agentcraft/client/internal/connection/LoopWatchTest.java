package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.LoopWatch.CallSite;
import io.agentcraft.client.internal.guard.CapturedLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopWatchTest {

  private static final long LIMIT = LoopWatch.LIMIT.toNanos();

  private final CapturedLog log = new CapturedLog();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final LoopWatch watch = new LoopWatch(
      looks::add, List.of(new CallSite(LoopWatchTest.class, "userCode", "The user code")));
  private final LoopWatch.Loop loop = watch.add();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void end() {
    gate.countDown();
    log.close();
  }

  @Test
  void aTaskThatBlocksIsNamedOnceWithItsStack() throws Exception {
    CompletableFuture<Thread> blocked = blockedTask();
    long now = System.nanoTime();
    assertThat(watch.look(now)).isBetween(1L, LIMIT);
    assertThat(watch.look(now + LIMIT)).isEqualTo(LoopWatch.CONFIRMATION.toNanos());
    assertThat(log.warnings()).isEmpty();

    assertThat(watch.look(now + 2 * LIMIT)).isZero();
    assertThat(watch.look(now + 3 * LIMIT)).isZero();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("The user code has blocked the event loop for more than 1 s");
    assertThat(log.traces()).singleElement().asString().contains("LoopWatchTest.userCode");
    gate.countDown();
    blocked.get(10, TimeUnit.SECONDS);
  }

  @Test
  void tasksThatReturnAreNoProblemHoweverMany() {
    long now = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      task(() -> {});
      assertThat(watch.look(now + i * LIMIT)).isEqualTo(LIMIT);
    }
    assertThat(watch.look(now + 10 * LIMIT)).isZero();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aThreadLooksOnlyWhileThereAreTasks() {
    assertThat(looks).isEmpty();
    task(() -> {});
    task(() -> {});
    assertThat(looks).hasSize(1);
  }

  @Test
  void aThreadIsALoopsOnlyDuringATaskOfAnyLoop() {
    LoopWatch.Loop other = watch.add();
    assertThat(watch.isLoopThread()).isFalse();
    task(() -> {
      task(() -> assertThat(watch.isLoopThread()).isTrue());
      assertThat(watch.isLoopThread()).isTrue();
    });
    assertThat(watch.isLoopThread()).isFalse();
    assertThat(other.start()).isTrue();
    assertThat(watch.isLoopThread()).isTrue();
    other.close();
    assertThat(watch.isLoopThread()).isFalse();
  }

  private CompletableFuture<Thread> blockedTask() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    new Thread(() -> {
          task(() -> userCode(started));
          thread.complete(Thread.currentThread());
        })
        .start();
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    return thread;
  }

  private void userCode(CountDownLatch started) {
    started.countDown();
    try {
      gate.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void task(Runnable task) {
    boolean outermost = loop.start();
    task.run();
    if (outermost) {
      loop.end();
    }
  }
}

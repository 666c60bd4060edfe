package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedRuntimeTest {

  @Test
  void allHoldersShareOneAndTheLastTakesItsThreadsAlong() throws Exception {
    SharedRuntime one = SharedRuntime.acquire();
    SharedRuntime two = SharedRuntime.acquire();
    assertThat(two).isSameAs(one);
    Thread loop = threadOf(one.scheduler()::execute);
    Thread callback = threadOf(one.callbacks());
    assertThat(loop.isDaemon()).isTrue();
    assertThat(callback.isDaemon()).isTrue();

    one.release();
    assertThat(threadOf(two.scheduler()::execute)).isSameAs(loop);
    two.release();

    // Each ends by itself: only the wait for that is bounded.
    loop.join(TimeUnit.SECONDS.toMillis(10));
    callback.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(loop.isAlive()).isFalse();
    assertThat(callback.isAlive()).isFalse();
  }

  @Test
  void aTaskThatThrowsDoesNotTakeTheLoopAway() throws Exception {
    SharedRuntime runtime = SharedRuntime.acquire();
    Thread before = threadOf(runtime.scheduler()::execute);
    runtime.scheduler().execute(() -> {
      throw new AssertionError("a bug");
    });

    assertThat(threadOf(runtime.scheduler()::execute)).isSameAs(before);
    runtime.release();
  }

  @Test
  void aTaskLeavesNothingOnItsThread() throws Exception {
    SharedRuntime runtime = SharedRuntime.acquire();
    for (Executor executor : List.<Executor>of(runtime.scheduler()::execute, runtime.callbacks())) {
      ClassLoader loader = threadOf(executor).getContextClassLoader();
      for (int i = 0; i < 10; i++) {
        executor.execute(() -> {
          Thread.currentThread().interrupt();
          Thread.currentThread().setContextClassLoader(new ClassLoader() {});
        });
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<ClassLoader> found = new CompletableFuture<>();
        executor.execute(() -> {
          interrupted.complete(Thread.currentThread().isInterrupted());
          found.complete(Thread.currentThread().getContextClassLoader());
        });
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(found.get(10, TimeUnit.SECONDS)).isSameAs(loader);
      }
    }
    runtime.release();
  }

  @Test
  void whatWasAcceptedBeforeTheLastReleaseRuns() throws Exception {
    for (int round = 0; round < 200; round++) {
      SharedRuntime runtime = SharedRuntime.acquire();
      Thread loop = threadOf(runtime.scheduler()::execute);
      AtomicInteger ran = new AtomicInteger();
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<Integer> accepted = CompletableFuture.supplyAsync(() -> {
        int count = 0;
        try {
          for (; count < 1_000_000; count++) {
            runtime.scheduler().execute(ran::incrementAndGet);
            started.countDown();
          }
        } catch (RejectedExecutionException released) {
          // The others were accepted.
        }
        return count;
      });
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      runtime.release();
      loop.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(ran).hasValue(accepted.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientsOfOneServerDoNotHoldUpEachOthersCalls() {
    SharedRuntime runtime = SharedRuntime.acquire();
    var dispatcher = runtime.okHttp().dispatcher();
    runtime.release();

    assertThat(dispatcher.getMaxRequests()).isEqualTo(Integer.MAX_VALUE);
    assertThat(dispatcher.getMaxRequestsPerHost()).isEqualTo(Integer.MAX_VALUE);
  }

  private static Thread threadOf(Executor executor) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    executor.execute(() -> thread.complete(Thread.currentThread()));
    return thread.get(10, TimeUnit.SECONDS);
  }
}

package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits with one generous limit, which no test comes near. */
final class Await {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private Await() {}

  static <T> T get(Future<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException unexpected) {
      throw new AssertionError("The future gave no value: " + unexpected, unexpected);
    }
  }

  /** Waits for a future's failure, which is of this type. */
  static <E extends Throwable> E failure(Future<?> future, Class<E> type) {
    try {
      Object value = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("The future did not fail but gave " + value);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(type);
      return type.cast(failed.getCause());
    } catch (InterruptedException | TimeoutException unexpected) {
      throw new AssertionError("The future did not end: " + unexpected, unexpected);
    }
  }

  static void latch(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits for a condition that nothing tells of. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}

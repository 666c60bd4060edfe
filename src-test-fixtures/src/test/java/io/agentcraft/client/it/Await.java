package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with one generous timeout, which no test comes near. */
public final class Await {

  /** For every wait in a test. */
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final long POLL_NANOS = 200_000;

  private Await() {}

  /** Waits for a value. */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException unexpected) {
      throw new AssertionError("The future has no value: " + unexpected, unexpected);
    }
  }

  /** Waits for a failure and returns its cause. */
  public static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("The future did not fail but has the value " + value);
    } catch (ExecutionException failed) {
      return Objects.requireNonNull(failed.getCause());
    } catch (InterruptedException | TimeoutException unexpected) {
      throw new AssertionError("The future did not complete: " + unexpected, unexpected);
    }
  }

  /** Waits for a failure whose cause has this type. */
  public static <E extends Throwable> E failure(CompletionStage<?> stage, Class<E> type) {
    Throwable cause = failure(stage);
    assertThat(cause).isInstanceOf(type);
    return type.cast(cause);
  }

  /** Waits for a latch. */
  public static void latch(CountDownLatch latch) {
    try {
      assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits for a condition of which nothing notifies a test. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Waited in vain for " + what + ".");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}

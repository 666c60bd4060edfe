package io.agentcraft.client.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What a listener was told, in order, and the means to wait for more. */
final class Told<T> {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long LOOK_AGAIN = 200_000;

  private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();
  private final List<T> passed = new ArrayList<>();

  void add(T one) {
    queue.add(one);
  }

  /** Takes the next one that fits, passing over others; waits for it if need be. */
  T next(String what, Predicate<? super T> fits) {
    try {
      while (true) {
        T one = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (one == null) {
          throw new AssertionError("Waited in vain for " + what + ". Told before: " + passed);
        }
        passed.add(one);
        if (fits.test(one)) {
          return one;
        }
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns what was told and not taken, without waiting. */
  List<T> rest() {
    return List.copyOf(queue);
  }

  /** Waits for something that nobody tells. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Waited in vain for " + what + ".");
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }
}

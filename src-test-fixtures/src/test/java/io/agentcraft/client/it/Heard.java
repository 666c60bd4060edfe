package io.agentcraft.client.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a listener was told, in order, and the means to wait for more. Its {@link #add} is the listener. */
final class Heard<T> {

  private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();
  private final List<T> passed = new ArrayList<>();

  void add(T one) {
    queue.add(one);
  }

  /** Takes the next one; waits for it if need be. */
  T next() {
    try {
      T one = queue.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("Nothing more was heard. Before: " + passed);
      }
      passed.add(one);
      return one;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Takes so many; waits for them if need be. */
  List<T> next(int count) {
    List<T> some = new ArrayList<>();
    while (some.size() < count) {
      some.add(next());
    }
    return some;
  }

  /** Takes and passes over what comes, until one fits. */
  T next(Predicate<T> fits) {
    T one = next();
    while (!fits.test(one)) {
      one = next();
    }
    return one;
  }

  /** Returns what is there and not taken yet, without waiting. */
  List<T> rest() {
    return List.copyOf(queue);
  }
}

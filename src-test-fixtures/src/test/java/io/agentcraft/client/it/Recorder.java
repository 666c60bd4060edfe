package io.agentcraft.client.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Records what a listener receives, in order. The listener is its {@link #add}; a test takes one after the other. */
public final class Recorder<T> {

  private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();
  private final List<T> taken = new ArrayList<>();

  /** Records one more. */
  public void add(T one) {
    queue.add(one);
  }

  /** Takes the next one; waits for it if necessary. */
  public T next() {
    try {
      T one = queue.poll(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("Nothing more was received. Before: " + taken);
      }
      taken.add(one);
      return one;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Takes this many; waits for them if necessary. */
  public List<T> next(int count) {
    List<T> some = new ArrayList<>();
    while (some.size() < count) {
      some.add(next());
    }
    return some;
  }

  /** Takes the next one that matches, and skips those before it. */
  public T next(Predicate<? super T> matches) {
    T one = next();
    while (!matches.test(one)) {
      one = next();
    }
    return one;
  }

  /** Returns what was taken so far. */
  public List<T> taken() {
    return List.copyOf(taken);
  }

  /** Returns what was received and not taken, without waiting. */
  public List<T> rest() {
    return List.copyOf(queue);
  }
}

package io.agentcraft.client.it;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what a test opened, the last first. */
public abstract class Resources implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Returns what is given, and closes it in the end. */
  protected final <C extends AutoCloseable> C closed(C closeable) {
    open.push(closeable);
    return closeable;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception unexpected) {
        throw new AssertionError("Could not be closed: " + unexpected, unexpected);
      }
    }
  }
}

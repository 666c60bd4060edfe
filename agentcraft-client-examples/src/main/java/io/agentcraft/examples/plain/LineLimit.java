package io.agentcraft.examples.plain;

/** Lets so many lines a second through, and counts the others. Confined to one thread. */
final class LineLimit {

  private static final long SECOND = 1_000_000_000L;

  private final int linesPerSecond;
  private long windowStart;
  private int inWindow;
  private long left;

  LineLimit(int linesPerSecond, long nanoTime) {
    this.linesPerSecond = linesPerSecond;
    this.windowStart = nanoTime;
  }

  /** Tells whether a line may be printed now; one that may not is counted. */
  boolean tryTake(long nanoTime) {
    if (nanoTime - windowStart >= SECOND) {
      windowStart = nanoTime;
      inWindow = 0;
    }
    if (inWindow < linesPerSecond) {
      inWindow++;
      return true;
    }
    left++;
    return false;
  }

  /** Returns how many lines were not printed since the last call, once a line may be printed again. */
  long takeLeft(long nanoTime) {
    if (left == 0 || nanoTime - windowStart < SECOND) {
      return 0;
    }
    long taken = left;
    left = 0;
    return taken;
  }
}

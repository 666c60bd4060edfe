package io.agentcraft.testing.internal.protocol;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Limits the frames of one client id in any 60 seconds, whatever the number of its connections. */
public final class RateLimiter {

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  private final int framesPerMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Deque<Long>> taken = new HashMap<>();

  /**
   * Creates a limiter.
   *
   * @param framesPerMinute the limit; {@link Integer#MAX_VALUE} for none
   */
  public RateLimiter(int framesPerMinute, LongSupplier nanoTime) {
    this.framesPerMinute = framesPerMinute;
    this.nanoTime = nanoTime;
  }

  /** Returns whether another frame is within the limit, and counts it if so. */
  public boolean tryTake(String clientId) {
    if (framesPerMinute == Integer.MAX_VALUE) {
      return true;
    }
    long now = nanoTime.getAsLong();
    Deque<Long> times = taken.computeIfAbsent(clientId, id -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.peekFirst() >= WINDOW_NANOS) {
      times.removeFirst();
    }
    if (times.size() >= framesPerMinute) {
      return false;
    }
    times.addLast(now);
    return true;
  }
}

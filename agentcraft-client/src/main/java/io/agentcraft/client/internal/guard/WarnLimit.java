package io.agentcraft.client.internal.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one warning of each kind through a minute, and counts the others: a broken server must not fill a disk with logs, and
 * one fault must not hide another. Thread-safe.
 */
public final class WarnLimit {

  /** What servers can cause is bounded too, so kinds beyond this share one limit. */
  static final int MAX_KINDS = 64;

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Kind others = new Kind();

  /** Names a kind by what failed, which is not kept, and by the class of what it threw. */
  public static String kind(Object failed, Throwable thrown) {
    return failed.getClass().getName()
        + '@'
        + System.identityHashCode(failed)
        + ' '
        + thrown.getClass().getName();
  }

  /**
   * Decides whether to log a warning.
   *
   * @param now a reading of a monotonic clock, in nanoseconds
   * @return {@code null} to leave it out, otherwise what to add to it: a sentence about those left out, or nothing
   */
  public synchronized @Nullable String admit(String kind, long now) {
    Kind limit = find(kind, now);
    if (!limit.isOver(now)) {
      limit.leftOut++;
      return null;
    }
    String addition = addition(limit.leftOut);
    limit.used = true;
    limit.last = now;
    limit.leftOut = 0;
    return addition;
  }

  /** Returns how many were left out and not mentioned since, and forgets them. */
  public synchronized long takeLeftOut() {
    long leftOut =
        others.leftOut + kinds.values().stream().mapToLong(kind -> kind.leftOut).sum();
    kinds.clear();
    others.leftOut = 0;
    return leftOut;
  }

  private Kind find(String kind, long now) {
    Kind known = kinds.get(kind);
    if (known != null) {
      return known;
    }
    if (kinds.size() == MAX_KINDS) {
      forgetOver(now);
    }
    return kinds.size() == MAX_KINDS ? others : kinds.computeIfAbsent(kind, first -> new Kind());
  }

  private void forgetOver(long now) {
    kinds.values().removeIf(kind -> {
      boolean over = kind.isOver(now);
      others.leftOut += over ? kind.leftOut : 0;
      return over;
    });
  }

  private static String addition(long leftOut) {
    return leftOut == 0
        ? ""
        : " (" + leftOut + " more like it were not logged: at most one a minute is.)";
  }

  private static final class Kind {

    private boolean used;
    private long last;
    private long leftOut;

    /** Returns whether the next one may be logged. By difference, as the clock's readings may overflow. */
    boolean isOver(long now) {
      return !used || now - last >= INTERVAL;
    }
  }
}

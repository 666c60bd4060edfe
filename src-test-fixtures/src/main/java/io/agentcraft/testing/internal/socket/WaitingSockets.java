package io.agentcraft.testing.internal.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections that wait for their client: for a request or the rest of one, for the end of an answer or of a close handshake.
 * Each keeps a thread busy, so their number and their time are bounded.
 */
final class WaitingSockets {

  private static final long MAX_PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final long limit;

  /** How long each may wait at least, even if there are too many. */
  private final long patience;

  // Guarded by this; the one that has waited longest is the first.
  private final Map<TrackedSocket, Long> since = new LinkedHashMap<>();

  /**
   * Creates a set without connections.
   *
   * @param most how many may wait
   * @param limit how long each may wait
   */
  WaitingSockets(int most, Duration limit) {
    this.most = most;
    this.limit = limit.toNanos();
    patience = Math.min(MAX_PATIENCE, limit.toNanos() / 4);
  }

  synchronized void add(TrackedSocket socket) {
    since.remove(socket);
    since.put(socket, System.nanoTime());
  }

  synchronized void remove(TrackedSocket socket) {
    if (since.remove(socket) != null) {
      notifyAll();
    }
  }

  /** Ends those that have waited too long. If there are too many, waits a little; returns whether one more may wait. */
  boolean makeRoom() throws InterruptedException {
    overdue().forEach(TrackedSocket::end);
    synchronized (this) {
      if (since.size() >= most) {
        TimeUnit.NANOSECONDS.timedWait(this, patience);
      }
      return since.size() < most;
    }
  }

  /** Returns how often {@link #makeRoom} should be called, in milliseconds. */
  int interval() {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience));
  }

  private synchronized List<TrackedSocket> overdue() {
    long now = System.nanoTime();
    int tooMany = since.size() - most;
    List<TrackedSocket> overdue = new ArrayList<>();
    for (Map.Entry<TrackedSocket, Long> entry : since.entrySet()) {
      long waited = now - entry.getValue();
      if (waited < (overdue.size() <= tooMany ? patience : limit)) {
        break;
      }
      overdue.add(entry.getKey());
    }
    return overdue;
  }
}

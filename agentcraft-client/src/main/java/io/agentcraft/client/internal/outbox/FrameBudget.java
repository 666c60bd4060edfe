package io.agentcraft.client.internal.outbox;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Keeps a client below the server's limit of frames a minute, over which the server drops frames without a word. The
 * window is longer than the server's, since frames do not all take equally long to arrive; and a part of the budget is
 * kept for what must not wait. Confined to the loop.
 */
public final class FrameBudget {

  /** Stands for no limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** In which no more than the limit is sent, in nanoseconds. */
  public static final long WINDOW = Duration.ofSeconds(65).toNanos();

  /** Who wants to send. Each may use what those after it leave. */
  public enum Share {
    STATUS,
    FINAL_STATUS,
    REQUEST,
    PONG
  }

  private final int framesPerMinute;
  private final ArrayDeque<Long> sent = new ArrayDeque<>();

  public FrameBudget(int framesPerMinute) {
    this.framesPerMinute = framesPerMinute;
  }

  /** Returns in how many nanoseconds a frame of this share may go; 0 for now. */
  public long waitFor(Share share, long now) {
    if (isUnlimited()) {
      return 0;
    }
    while (!sent.isEmpty() && now - sent.getFirst() >= WINDOW) {
      sent.removeFirst();
    }
    int limit = limit(share);
    if (sent.size() < limit) {
      return 0;
    }
    // The frame whose leaving brings the count below the limit.
    long blocking = sent.stream().skip(sent.size() - limit).findFirst().orElseThrow();
    return WINDOW - (now - blocking);
  }

  /** Counts a frame that was sent. */
  public void sent(long now) {
    if (!isUnlimited()) {
      sent.addLast(now);
      // Pongs are sent whatever the count: the memory stays bounded all the same.
      if (sent.size() > framesPerMinute) {
        sent.removeFirst();
      }
    }
  }

  /** Forgets all frames: the server counts by client id, and this is a new one. */
  public void startAnew() {
    sent.clear();
  }

  public boolean isUnlimited() {
    return framesPerMinute == UNLIMITED;
  }

  /** Returns how many frames of a share and those before it may go in one window. */
  public int limit(Share share) {
    int fifteenth = Math.max(1, framesPerMinute / 15);
    int kept = switch (share) {
      case PONG -> 0;
      case REQUEST -> fifteenth;
      case FINAL_STATUS -> 2 * fifteenth;
      case STATUS -> 4 * fifteenth;
    };
    return Math.max(1, framesPerMinute - kept);
  }
}

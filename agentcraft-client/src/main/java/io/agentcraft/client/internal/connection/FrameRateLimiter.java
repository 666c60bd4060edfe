package io.agentcraft.client.internal.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps a client below the server's limit of frames a minute, over which the server drops frames without a word. The
 * window is longer than the server's, since frames do not all take equally long to arrive; and a part of the budget is
 * kept for what must not wait. Confined to the loop, but for {@link #pongSent}.
 */
public final class FrameRateLimiter {

  /** Stands for no limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** In which no more than the limit is sent, in nanoseconds. */
  public static final long WINDOW = Duration.ofSeconds(65).toNanos();

  /** Who wants to send. A part of the budget is kept for each of those after it, and a little for all. */
  public enum Share {
    STATUS,
    FINAL_STATUS,
    REQUEST,
    PONG
  }

  private record Sent(long at, Share share) {}

  private final Meter meter;

  private final int framesPerMinute;
  private final int reserve;
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private boolean paused;
  private long pausedUntil;
  private final Queue<Sent> pongs = new ConcurrentLinkedQueue<>();

  public FrameRateLimiter(int framesPerMinute, Meter meter) {
    this.meter = meter;
    this.framesPerMinute = framesPerMinute;
    this.reserve = Math.max(1, framesPerMinute / 15);
  }

  /** Returns in how many nanoseconds a frame of this share may go; 0 for now. */
  public long waitFor(Share share, long now) {
    if (isUnlimited()) {
      return 0;
    }
    takePongs();
    while (!sent.isEmpty() && now - sent.getFirst().at() >= WINDOW) {
      sent.removeFirst();
    }
    Window window = new Window();
    sent.forEach(frame -> window.add(frame.share(), 1));
    long wait = 0;
    // Frames leave the window in the order in which they were sent, until there is room.
    for (Sent frame : sent) {
      if (window.hasRoomFor(share)) {
        break;
      }
      window.add(frame.share(), -1);
      wait = WINDOW - (now - frame.at());
    }
    return wait;
  }

  /** Notes that something waits for so many nanoseconds; looked at again meanwhile, it is still the same wait. */
  public void waits(long wait, long now) {
    if (!paused || now - pausedUntil >= 0) {
      paused = true;
      pausedUntil = now + wait;
      meter.tell(metrics -> metrics.sendingPaced(Duration.ofNanos(wait)));
    }
  }

  /** Counts a frame that was sent. */
  public void sent(Share share, long now) {
    if (!isUnlimited()) {
      takePongs();
      add(new Sent(now, share));
    }
  }

  /** Counts a pong on the thread that sent it: to wake the loop for it would hold up the pong itself. */
  public void pongSent(long now) {
    if (!isUnlimited()) {
      pongs.add(new Sent(now, Share.PONG));
      // The loop may have no reason to look for long.
      if (pongs.size() > framesPerMinute) {
        pongs.poll();
      }
    }
  }

  /** Forgets all frames: the server counts by client id, and this is a new one. */
  public void startAnew() {
    pongs.clear();
    sent.clear();
    paused = false;
  }

  public boolean isUnlimited() {
    return framesPerMinute == UNLIMITED;
  }

  /** Returns how many frames of a share may go in one window when there are no others. */
  public int limit(Share share) {
    int kept = switch (share) {
      case PONG -> 0;
      case REQUEST -> 2 * reserve + 1;
      case FINAL_STATUS -> 2 * reserve;
      case STATUS -> 4 * reserve;
    };
    return Math.max(1, framesPerMinute - kept);
  }

  private void takePongs() {
    for (Sent pong = pongs.poll(); pong != null; pong = pongs.poll()) {
      add(pong);
    }
  }

  private void add(Sent frame) {
    sent.addLast(frame);
    // Pongs are sent whatever the count: the memory stays bounded all the same.
    if (sent.size() > framesPerMinute) {
      sent.removeFirst();
    }
  }

  /** How many frames of each share are in one window. */
  private final class Window {

    private final Map<Share, Integer> counts = new EnumMap<>(Share.class);
    private int size;

    void add(Share share, int change) {
      counts.merge(share, change, Integer::sum);
      size += change;
    }

    /** Requests and final statuses each leave room for the other, so that a flood of one does not starve the other. */
    boolean hasRoomFor(Share share) {
      if (size == 0) {
        return true;
      }
      int withoutPongs = framesPerMinute - reserve;
      return switch (share) {
        case PONG -> size < framesPerMinute;
        case REQUEST ->
          size + unused(Share.FINAL_STATUS, reserve) + unused(Share.STATUS, 1) < withoutPongs;
        case FINAL_STATUS -> size + unused(Share.REQUEST, reserve) < withoutPongs;
        case STATUS -> {
          int finals = unused(Share.FINAL_STATUS, reserve);
          boolean own = unused(Share.STATUS, 1) > 0 && size + finals < withoutPongs;
          yield own || size + finals + unused(Share.REQUEST, reserve) < withoutPongs - reserve;
        }
      };
    }

    private int unused(Share share, int kept) {
      return Math.max(0, kept - counts.getOrDefault(share, 0));
    }
  }
}

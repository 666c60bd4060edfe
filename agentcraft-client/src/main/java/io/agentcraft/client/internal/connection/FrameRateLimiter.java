package io.agentcraft.client.internal.connection;

import io.agentcraft.client.metrics.ClientMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client below the server's limit of frames per minute, beyond which the server silently drops frames. The window
 * is longer than the server's, since frames do not all take equally long to arrive. A part of the limit is reserved for
 * frames that must not wait. Confined to the event loop, except for {@link #pongSent}.
 */
public final class FrameRateLimiter implements ConnectionFollower {

  /** No limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The time in which no more frames than the limit are sent, in nanoseconds. */
  public static final long WINDOW = Duration.ofSeconds(65).toNanos();

  /** What a frame is for. Each leaves room for those listed after it, and STATUS a little more. */
  public enum Share {
    STATUS,
    FINAL_STATUS,
    REQUEST,
    PONG
  }

  private record Sent(long at, Share share) {}

  private final Instrumentation instrumentation;
  private final int framesPerMinute;
  private final int reserve;
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private final Window window = new Window();
  /** When each share that has no room will have some, until another frame is sent: those who wait ask again and again. */
  private final Map<Share, Long> freeAt = new EnumMap<>(Share.class);

  private final Queue<Sent> pongs = new ConcurrentLinkedQueue<>();
  private boolean paused;
  private long pausedUntil;
  private @Nullable String clientId;

  public FrameRateLimiter(int framesPerMinute, Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    this.framesPerMinute = framesPerMinute;
    this.reserve = Math.max(1, framesPerMinute / 15);
  }

  /** Forgets all frames if the connection has a new client id, since servers count by client id. */
  @Override
  public void onUp(Connection connection) {
    if (!connection.clientId().equals(clientId)) {
      clientId = connection.clientId();
      pongs.clear();
      while (!sent.isEmpty()) {
        removeFirst();
      }
      freeAt.clear();
      paused = false;
    }
  }

  /** Returns in how many nanoseconds a frame of this share may be sent; 0 for now. */
  public long waitFor(Share share, long now) {
    if (isUnlimited()) {
      return 0;
    }
    takePongs();
    while (!sent.isEmpty() && now - sent.getFirst().at() >= WINDOW) {
      removeFirst();
    }
    if (window.hasRoomFor(share)) {
      return 0;
    }
    return freeAt.computeIfAbsent(share, this::findFreeAt) - now;
  }

  /** Frames leave the window in the order in which they were sent, until there is room. */
  private long findFreeAt(Share share) {
    Window later = window.copy();
    long at = 0;
    for (Sent frame : sent) {
      if (later.hasRoomFor(share)) {
        break;
      }
      later.add(frame.share(), -1);
      at = frame.at() + WINDOW;
    }
    return at;
  }

  /** Reports to the metrics that something waits for so many nanoseconds, once until that time has passed. */
  public void reportWait(long wait, long now) {
    if (!paused || now - pausedUntil >= 0) {
      paused = true;
      pausedUntil = now + wait;
      instrumentation.report(ClientMetrics::sendingPaced, Duration.ofNanos(wait));
    }
  }

  /** Counts a frame that was sent. */
  public void sent(Share share, long now) {
    if (!isUnlimited()) {
      takePongs();
      add(new Sent(now, share));
    }
  }

  /** Counts a pong, on the thread that sent it: waking the loop for each would delay the pong itself. */
  public void pongSent(long now) {
    if (!isUnlimited()) {
      pongs.add(new Sent(now, Share.PONG));
      // The loop may not look at them for a long time.
      if (pongs.size() > framesPerMinute) {
        pongs.poll();
      }
    }
  }

  public boolean isUnlimited() {
    return framesPerMinute == UNLIMITED;
  }

  /** Returns how many frames of a share may be sent in one window if there are no others. */
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
    window.add(frame.share(), 1);
    freeAt.clear();
    // Pongs are sent regardless of the limit, but must not make this grow.
    if (sent.size() > framesPerMinute) {
      removeFirst();
    }
  }

  private void removeFirst() {
    window.add(sent.removeFirst().share(), -1);
  }

  /** The number of frames of each share in one window. */
  @SuppressWarnings("EnumOrdinal") // counts in an array, which boxes nothing
  private final class Window {

    private final int[] counts = new int[Share.values().length];
    private int size;

    Window copy() {
      Window copy = new Window();
      System.arraycopy(counts, 0, copy.counts, 0, counts.length);
      copy.size = size;
      return copy;
    }

    void add(Share share, int change) {
      counts[share.ordinal()] += change;
      size += change;
    }

    /** Requests and final statuses leave room for each other, so that a flood of one does not starve the other. */
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
      return Math.max(0, kept - counts[share.ordinal()]);
    }
  }
}

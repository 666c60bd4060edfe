package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends updates over the WebSocket, within the rate limit. Confined to the loop. */
final class WebSocketPublishTransport {

  /** While more bytes wait for the network, updates stay in the queue, where newer ones can replace them. */
  private static final long MAX_QUEUED_BYTES = 256 << 10;

  private static final long NETWORK_CHECK_INTERVAL = Duration.ofMillis(250).toNanos();

  private final EventLoop loop;
  private final FrameRateLimiter rateLimiter;
  private final StatusPace pace;
  private final PublishQueue queue;
  private final Receipts receipts;
  private final FrameBuilder frames;
  private @Nullable Connection connection;
  private @Nullable Long silentSince;
  private @Nullable Long readerWaitedAt;

  WebSocketPublishTransport(
      EventLoop loop,
      FrameRateLimiter rateLimiter,
      PublishQueue queue,
      Receipts receipts,
      FrameBuilder frames) {
    this.loop = loop;
    this.rateLimiter = rateLimiter;
    this.pace = StatusPace.within(rateLimiter);
    this.queue = queue;
    this.receipts = receipts;
    this.frames = frames;
  }

  void opened(Connection opened) {
    connection = opened;
    silentSince = null;
    readerWaitedAt = null;
  }

  void lost() {
    connection = null;
    silentSince = null;
  }

  boolean isOpen() {
    return connection != null;
  }

  /** Measures the server's silence from the next update on. */
  void resetSilence() {
    silentSince = null;
  }

  /**
   * Returns how long ago the reader last waited for slow listeners, in nanoseconds; {@code Long.MAX_VALUE} for never. A
   * relay that is missing since then may be among the frames that were not read.
   */
  long sinceReaderWaited(long now) {
    if (connection != null && connection.readerWaits()) {
      readerWaitedAt = now;
      silentSince = silentSince == null ? null : now;
    }
    return readerWaitedAt == null ? Long.MAX_VALUE : now - readerWaitedAt;
  }

  /** Returns for how long updates have been sent without any relay, in nanoseconds. */
  long silentFor(long now) {
    return silentSince == null ? 0 : now - silentSince;
  }

  /**
   * Sends updates until nothing may be sent.
   *
   * @param max the maximum number of updates to send
   * @return when to call this again, in nanoseconds from now, or {@code Long.MAX_VALUE}
   */
  long pump(int max) {
    int sent = 0;
    while (sent < max && connection != null && queue.hasWaiting()) {
      if (connection.queuedBytes() > MAX_QUEUED_BYTES) {
        return NETWORK_CHECK_INTERVAL;
      }
      long now = loop.nanoTime();
      long requiredWait = rateLimiter.waitFor(Share.FINAL_STATUS, now);
      if (requiredWait > 0) {
        rateLimiter.reportWait(requiredWait, now);
        return requiredWait;
      }
      long wait = Math.max(rateLimiter.waitFor(Share.STATUS, now), pace.waitFor(now));
      Publication next = queue.nextForWebSocket(wait > 0, now);
      if (next == null && wait > 0) {
        rateLimiter.reportWait(wait, now);
        return wait;
      } else if (next == null) {
        return Long.MAX_VALUE;
      }
      sent += send(next, connection, now);
    }
    return Long.MAX_VALUE;
  }

  /** Returns how many updates were sent: one or none. */
  private int send(Publication next, Connection to, long now) {
    String frame = frames.frame(next);
    if (frame == null) {
      receipts.nothingToTell(next);
      return 0;
    }
    return switch (to.send(frame)) {
      case SENT -> {
        sent(next, now);
        yield 1;
      }
      case CLOSING -> {
        // The connection takes no more frames, and what it did not take does not count as sent.
        receipts.superseded(queue.giveBack(next));
        connection = null;
        yield 0;
      }
      case FULL -> {
        receipts.failed(
            next,
            new SendRejectedException(
                "The update was not published because it is larger than a frame may be."
                    + " Keep metadata and message small."));
        yield 0;
      }
    };
  }

  private void sent(Publication publication, long now) {
    queue.sent(publication, now);
    rateLimiter.sent(publication.required() ? Share.FINAL_STATUS : Share.STATUS, now);
    if (!publication.required()) {
      pace.sent(now);
    }
    if (silentSince == null) {
      silentSince = now;
    }
  }

  /**
   * Spreads updates that are not required over the minute: a short burst, then one at a time, so that an agent that rarely
   * publishes does not have to wait because another one has used up the rate limit. A token bucket.
   */
  static final class StatusPace {

    /** Which part of the limit may be sent as a burst: one eighth. */
    private static final int BURST_DIVISOR = 8;

    private final int burst;
    private final long interval;
    private boolean used;
    /** When the bucket is full again. */
    private long fullAt;

    /**
     * Creates a pace.
     *
     * @param burst how many updates may be sent at once after a pause
     * @param interval nanoseconds between two updates in the long run; 0 for no limit
     */
    StatusPace(int burst, long interval) {
      this.burst = burst;
      this.interval = interval;
    }

    /** Returns the pace whose burst and steady rate together stay within the limit of status updates. */
    static StatusPace within(FrameRateLimiter rateLimiter) {
      if (rateLimiter.isUnlimited()) {
        return new StatusPace(1, 0);
      }
      int limit = rateLimiter.limit(Share.STATUS);
      int burst = Math.max(1, limit / BURST_DIVISOR);
      return new StatusPace(burst, FrameRateLimiter.WINDOW / Math.max(1, limit - burst));
    }

    /** Returns in how many nanoseconds an update may be sent; 0 for now. */
    long waitFor(long now) {
      if (interval == 0 || !used) {
        return 0;
      }
      return Math.max(0, fullAt - now - interval * (burst - 1));
    }

    void sent(long now) {
      boolean filling = used && fullAt - now > 0;
      fullAt = (filling ? fullAt : now) + interval;
      used = true;
    }
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings updates to the server over the socket, within the budget. Confined to the loop. */
final class WebSocketPublishTransport {

  /** When so much waits for the network, newer updates had better replace it here than queue up behind it. */
  private static final long MOST_QUEUED_BYTES = 256 << 10;

  private static final long LOOK_AGAIN = Duration.ofMillis(250).toNanos();

  private final EventLoop scheduler;
  private final FrameRateLimiter budget;
  private final StatusPace pace;
  private final PublishQueue queue;
  private final Receipts receipts;
  private @Nullable Connection link;
  private @Nullable Long silentSince;
  private @Nullable Long readerWaitedAt;

  WebSocketPublishTransport(
      EventLoop scheduler,
      FrameRateLimiter budget,
      StatusPace pace,
      PublishQueue queue,
      Receipts receipts) {
    this.scheduler = scheduler;
    this.budget = budget;
    this.pace = pace;
    this.queue = queue;
    this.receipts = receipts;
  }

  void opened(Connection newLink) {
    link = newLink;
    silentSince = null;
    readerWaitedAt = null;
  }

  void lost() {
    link = null;
    silentSince = null;
  }

  boolean isOpen() {
    return link != null;
  }

  /** Lets the silence of the server begin anew with the next update. */
  void forgetSilence() {
    silentSince = null;
  }

  /**
   * Returns how long ago frames were last left unread because our own listeners are slow, in nanoseconds: until then the
   * server cannot be blamed for a relay that did not come. {@code Long.MAX_VALUE} for never.
   */
  long sinceReaderWaited(long now) {
    if (link != null && link.readerWaits()) {
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
   * Sends what may be sent.
   *
   * @param most the number of updates to send at most
   * @param isBusy tells which agents may not speak now
   * @return when to look again, in nanoseconds from now, or {@code Long.MAX_VALUE}
   */
  long pump(int most, Predicate<String> isBusy) {
    int sent = 0;
    while (sent < most && link != null && queue.hasWaiting()) {
      if (link.queuedBytes() > MOST_QUEUED_BYTES) {
        return LOOK_AGAIN;
      }
      long now = scheduler.nanoTime();
      long keptWait = budget.waitFor(Share.FINAL_STATUS, now);
      if (keptWait > 0) {
        budget.reportWait(keptWait, now);
        return keptWait;
      }
      long statusWait = Math.max(budget.waitFor(Share.STATUS, now), pace.waitFor(now));
      Publication next = queue.next(isBusy, agentId -> statusWait > 0);
      if (next == null && statusWait > 0) {
        budget.reportWait(statusWait, now);
        return statusWait;
      } else if (next == null) {
        return Long.MAX_VALUE;
      }
      sent += send(next, link, now);
    }
    return Long.MAX_VALUE;
  }

  /** Returns how many updates were sent: one or none. */
  private int send(Publication next, Connection to, long now) {
    return switch (to.send(next.frame().get())) {
      case SENT -> {
        sent(next, now);
        yield 1;
      }
      case CLOSING -> {
        // Nothing more goes this way, and nothing that did not may count as sent.
        receipts.superseded(queue.giveBack(next));
        link = null;
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
    budget.sent(publication.kept() ? Share.FINAL_STATUS : Share.STATUS, now);
    if (!publication.kept()) {
      pace.taken(now);
    }
    if (silentSince == null) {
      silentSince = now;
    }
  }
}

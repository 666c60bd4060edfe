package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.internal.connection.OpenLink;
import io.agentcraft.client.internal.outbox.FrameBudget;
import io.agentcraft.client.internal.outbox.FrameBudget.Share;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Brings updates to the server over the socket, within the budget. Confined to the loop. */
final class SocketCourier {

  /** When so much waits for the network, newer updates had better replace it here than queue up behind it. */
  private static final long MOST_QUEUED_BYTES = 256 << 10;

  private static final long LOOK_AGAIN = Duration.ofMillis(250).toNanos();

  private final Scheduler scheduler;
  private final FrameBudget budget;
  private final StatusPace pace;
  private final PublishQueue queue;
  private final Receipts receipts;
  private @Nullable OpenLink link;

  SocketCourier(
      Scheduler scheduler,
      FrameBudget budget,
      StatusPace pace,
      PublishQueue queue,
      Receipts receipts) {
    this.scheduler = scheduler;
    this.budget = budget;
    this.pace = pace;
    this.queue = queue;
    this.receipts = receipts;
  }

  void opened(OpenLink newLink) {
    link = newLink;
  }

  void lost() {
    link = null;
  }

  boolean isOpen() {
    return link != null;
  }

  /** Sends what may be sent, at most so many; returns when to look again, in nanoseconds, or {@code Long.MAX_VALUE}. */
  long pump(int most) {
    for (int i = 0; i < most && link != null && queue.hasWaiting(); i++) {
      if (link.link().queuedBytes() > MOST_QUEUED_BYTES) {
        return LOOK_AGAIN;
      }
      long now = scheduler.nanoTime();
      long keptWait = budget.waitFor(Share.FINAL_STATUS, now);
      if (keptWait > 0) {
        return keptWait;
      }
      long statusWait = Math.max(budget.waitFor(Share.STATUS, now), pace.waitFor(now));
      Publication next = queue.next(agentId -> statusWait > 0, false);
      if (next == null) {
        return queue.hasWaiting() ? statusWait : Long.MAX_VALUE;
      }
      if (!send(next, link, now)) {
        return Long.MAX_VALUE;
      }
    }
    return Long.MAX_VALUE;
  }

  private boolean send(Publication next, OpenLink to, long now) {
    OpenLink.Result result = to.send(next.frame());
    if (result == OpenLink.Result.FULL) {
      receipts.failed(
          next,
          new SendRejectedException(
              "The update was not published because it is larger than a frame may be."
                  + " Keep metadata and message small."));
      queue.ended(next);
      return true;
    }
    // What a closing socket did not take is taken back like everything unconfirmed, once it is
    // gone.
    queue.sent(next, now);
    if (result == OpenLink.Result.CLOSING) {
      return false;
    }
    budget.sent(now);
    if (!next.kept()) {
      pace.taken(now);
    }
    return true;
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.publish.Broadcasts.Result;
import io.agentcraft.client.publish.PublishPath;
import io.agentcraft.client.reconnect.ReconnectContext;
import io.agentcraft.client.reconnect.ReconnectDecision;
import io.agentcraft.client.reconnect.ReconnectPolicy;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings updates to the server by HTTP: a few at a time, one of each agent, so that each agent's order is kept. What fails
 * for a passing reason is tried again by the reconnect policy. Confined to the loop.
 */
final class HttpCourier {

  private static final int MOST_UNDER_WAY = 4;

  /** The rate that the protocol's document recommends for one agent's updates. */
  private static final long AGENT_INTERVAL = Duration.ofMillis(100).toNanos();

  private final Scheduler scheduler;
  private final Broadcasts broadcasts;
  private final ReconnectPolicy policy;
  private final boolean renewableToken;
  private final PublishQueue queue;
  private final Receipts receipts;
  private final HttpObserver observer;
  private final Set<Publication> underWay = new HashSet<>();
  private final Map<String, Long> lastSent = new HashMap<>();
  private int failures;
  private long blockedUntil;

  /** Hears what the courier found out. */
  interface HttpObserver {
    /** Something ended: there may be more to do. */
    void onProgress();

    /** The server has no such endpoint. */
    void onMissing();
  }

  HttpCourier(
      Scheduler scheduler,
      Broadcasts broadcasts,
      ReconnectPolicy policy,
      boolean renewableToken,
      PublishQueue queue,
      Receipts receipts,
      HttpObserver observer) {
    this.scheduler = scheduler;
    this.broadcasts = broadcasts;
    this.policy = policy;
    this.renewableToken = renewableToken;
    this.queue = queue;
    this.receipts = receipts;
    this.observer = observer;
  }

  /** Sends what may be sent; returns when to look again, in nanoseconds from now, or {@code Long.MAX_VALUE}. */
  long pump() {
    long now = scheduler.nanoTime();
    if (failures > 0 && blockedUntil - now > 0) {
      return queue.hasWaiting() ? blockedUntil - now : Long.MAX_VALUE;
    }
    lastSent.values().removeIf(at -> now - at >= AGENT_INTERVAL);
    while (underWay.size() < MOST_UNDER_WAY) {
      Publication next = queue.next(lastSent::containsKey, true);
      if (next == null) {
        boolean resting = queue.hasWaiting() && !lastSent.isEmpty();
        return resting ? AGENT_INTERVAL : Long.MAX_VALUE;
      }
      queue.sent(next, now);
      underWay.add(next);
      lastSent.put(next.agentId(), now);
      post(next);
    }
    return Long.MAX_VALUE;
  }

  private void post(Publication publication) {
    String companion = publication.companion();
    if (companion == null) {
      broadcasts.post(publication.frame(), result -> onLoop(() -> ended(publication, result)));
      return;
    }
    broadcasts.post(
        companion,
        result -> onLoop(() -> {
          if (result instanceof Result.Delivered) {
            broadcasts.post(publication.frame(), last -> onLoop(() -> ended(publication, last)));
          } else {
            ended(publication, result);
          }
        }));
  }

  private void onLoop(Runnable task) {
    LoopTasks.post(scheduler, task);
  }

  private void ended(Publication publication, Result result) {
    if (!underWay.remove(publication)) {
      return;
    }
    if (result instanceof Result.Delivered) {
      failures = 0;
      queue.ended(publication);
      receipts.delivered(publication, PublishPath.HTTP, scheduler.nanoTime());
    } else if (result instanceof Result.Refused refused) {
      failures = 0;
      queue.ended(publication);
      receipts.failed(
          publication,
          new PublishFailedException("The update was not published: " + refused.why() + ".", null));
    } else {
      failed(publication, (Result.Failed) result);
    }
    observer.onProgress();
  }

  private void failed(Publication publication, Result.Failed failed) {
    if (failures > 0 && blockedUntil - scheduler.nanoTime() > 0) {
      // Another one, under way at the same time, has failed before: one failure is enough to wait
      // for.
      receipts.superseded(queue.takeBack(publication));
      return;
    }
    if (isMissing(failed.cause())) {
      observer.onMissing();
    }
    ReconnectDecision decision = decide(failed.cause());
    if (decision instanceof ReconnectDecision.RetryAfter retry) {
      failures++;
      blockedUntil = scheduler.nanoTime() + retry.delay().toNanos();
      receipts.superseded(queue.takeBack(publication));
      return;
    }
    PublishFailedException error = new PublishFailedException(
        "The update was not published because " + ((ReconnectDecision.GiveUp) decision).reason()
            + ": " + failed.cause().description(),
        failed.error());
    queue.ended(publication);
    receipts.failed(publication, error);
    if (failures > 0) {
      // The server has been away for all attempts: what waits would fare no better.
      failures = 0;
      receipts.failed(queue.drain(), error);
      underWay.clear();
    }
  }

  private ReconnectDecision decide(DisconnectCause cause) {
    try {
      return policy.decide(
          new ReconnectContext(cause, failures + 1, renewableToken && failures == 0));
    } catch (RuntimeException broken) {
      return ReconnectDecision.giveUp("the reconnect policy threw " + broken);
    }
  }

  private static boolean isMissing(@Nullable DisconnectCause cause) {
    return cause instanceof DisconnectCause.HandshakeRefused refused
        && (refused.httpStatus() == 404 || refused.httpStatus() == 405);
  }
}

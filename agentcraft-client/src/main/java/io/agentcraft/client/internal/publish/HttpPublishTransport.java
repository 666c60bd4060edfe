package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.publish.Broadcasts.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings updates to the server by HTTP: a few at a time, one of each agent, so that each agent's order is kept. What fails
 * for a passing reason is tried again by the reconnect policy. Confined to the loop.
 */
final class HttpPublishTransport {

  private static final int MOST_UNDER_WAY = 4;

  /** The rate that the protocol's document recommends for one agent's updates. */
  private static final long AGENT_INTERVAL = Duration.ofMillis(100).toNanos();

  private static final Set<Integer> ABOUT_ONE_UPDATE = Set.of(400, 413, 422);

  private final EventLoop scheduler;
  private final Broadcasts broadcasts;
  private final PostRetries retries;
  private final PublishQueue queue;
  private final Receipts receipts;
  private final PostWatch watch;
  private final HttpObserver observer;
  private final Map<String, Post> underWay = new HashMap<>();
  private final Map<String, Long> lastPosted = new HashMap<>();
  private @Nullable PublishFailedException outage;

  /** Hears what the courier found out. */
  interface HttpObserver {
    /** Something ended: there may be more to do. */
    void onProgress();

    /** The server has no such endpoint. Returns whether there is another way to go. */
    boolean onMissing();

    /** What waits would fare no better than what has just failed for good. */
    void onOutage(PublishFailedException error);
  }

  /**
   * One update under way.
   *
   * @param outageBefore how the posts before this one had failed for good, if they had
   * @param seenOn the connection that it should come back over, as {@link PostWatch} counts them
   */
  private record Post(
      Publication publication, @Nullable PublishFailedException outageBefore, int seenOn) {}

  HttpPublishTransport(
      EventLoop scheduler,
      Broadcasts broadcasts,
      PostRetries retries,
      PublishQueue queue,
      Receipts receipts,
      PostWatch watch,
      HttpObserver observer) {
    this.scheduler = scheduler;
    this.broadcasts = broadcasts;
    this.retries = retries;
    this.queue = queue;
    this.receipts = receipts;
    this.watch = watch;
    this.observer = observer;
  }

  /** Tells whether an update of this agent is under way, which a newer one must not overtake. */
  boolean isBusyWith(String agentId) {
    return underWay.containsKey(agentId);
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Sends what may be sent; returns when to look again, in nanoseconds from now, or {@code Long.MAX_VALUE}. */
  long pump() {
    long now = scheduler.nanoTime();
    long blocked = retries.waitFor(now);
    if (blocked > 0) {
      return queue.hasWaiting() ? blocked : Long.MAX_VALUE;
    }
    lastPosted.values().removeIf(at -> now - at >= AGENT_INTERVAL);
    while (underWay.size() < MOST_UNDER_WAY) {
      Publication next = queue.next(this::mustWait, lastPosted::containsKey);
      if (next == null) {
        boolean resting = queue.hasWaiting() && !lastPosted.isEmpty();
        return resting ? AGENT_INTERVAL : Long.MAX_VALUE;
      }
      Post post = new Post(next, outage, watch.begins(next));
      underWay.put(next.agentId(), post);
      lastPosted.put(next.agentId(), now);
      begin(post);
    }
    return Long.MAX_VALUE;
  }

  /** Nor may a post overtake what is under way over the socket. */
  private boolean mustWait(String agentId) {
    return isBusyWith(agentId) || queue.isUnconfirmed(agentId);
  }

  /** Forgets what is under way, and returns it. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    underWay.values().forEach(post -> all.add(post.publication()));
    underWay.clear();
    return all;
  }

  private void begin(Post post) {
    String companion = post.publication().companion();
    if (companion == null) {
      send(post);
      return;
    }
    broadcasts.post(
        companion,
        result -> onLoop(() -> {
          if (!(result instanceof Result.Delivered)) {
            ended(post, result);
          } else if (isUnderWay(post)) {
            send(post);
          }
        }));
  }

  private void send(Post post) {
    broadcasts.post(post.publication().frame().get(), result -> onLoop(() -> ended(post, result)));
  }

  private void onLoop(Runnable task) {
    scheduler.post(task);
  }

  private boolean isUnderWay(Post post) {
    return post.equals(underWay.get(post.publication().agentId()));
  }

  private void ended(Post post, Result result) {
    if (!isUnderWay(post)) {
      return;
    }
    Publication publication = post.publication();
    underWay.remove(publication.agentId());
    if (result instanceof Result.Delivered) {
      retries.answered();
      watch.taken(publication, post.seenOn());
    } else {
      watch.failed(publication);
      failed(post, result);
    }
    observer.onProgress();
  }

  private void failed(Post post, Result result) {
    if (result instanceof Result.Failed failed) {
      failed(post, failed);
    } else if (result instanceof Result.Refused refused) {
      retries.answered();
      receipts.failed(
          post.publication(),
          new PublishFailedException("The update was not published: " + refused.why() + ".", null));
    }
  }

  private void failed(Post post, Result.Failed failed) {
    Publication publication = post.publication();
    if (isMissing(failed.cause()) && observer.onMissing()) {
      receipts.superseded(queue.giveBack(publication));
      return;
    }
    if (outage != null && outage != post.outageBefore()) {
      // It left before the others failed for good, and would begin their attempts all over again.
      receipts.failed(publication, outage);
      return;
    }
    String reason = retries.failed(failed.cause(), scheduler.nanoTime());
    if (reason == null) {
      receipts.superseded(queue.giveBack(publication));
      return;
    }
    PublishFailedException error = error(reason, failed);
    receipts.failed(publication, error);
    if (!isAboutOneUpdate(failed.cause())) {
      outage = error;
      observer.onOutage(error);
    }
  }

  private static PublishFailedException error(String reason, Result.Failed failed) {
    String nextStep = isMissing(failed.cause())
        ? " Check the URL, or set httpBaseUrl(…)."
        : " A later update tries anew.";
    return new PublishFailedException(
        "The update was not published because " + reason + ": " + failed.cause().description() + "."
            + nextStep,
        failed.error());
  }

  private static boolean isAboutOneUpdate(DisconnectCause cause) {
    return cause instanceof HandshakeRefused refused
        && ABOUT_ONE_UPDATE.contains(refused.httpStatus());
  }

  private static boolean isMissing(DisconnectCause cause) {
    return cause instanceof HandshakeRefused refused
        && (refused.httpStatus() == 404 || refused.httpStatus() == 405);
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.ConnectionMachine;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.publish.Broadcasts.Result;
import io.agentcraft.client.publish.PublishForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts updates to the server: a few at a time, and one of each lane, which keeps the order of its updates. A post
 * that fails temporarily is retried as the reconnect policy decides. Confined to the loop.
 */
final class HttpPublishTransport {

  private static final int MAX_CONCURRENT_POSTS = 4;

  /** The protocol recommends at most ten updates a second for one agent. */
  private static final long AGENT_INTERVAL = Duration.ofMillis(100).toNanos();

  /** Statuses that are about one update, and say nothing about the next. */
  private static final Set<Integer> UPDATE_REFUSED = Set.of(400, 413, 422);

  private final EventLoop loop;
  private final Broadcasts broadcasts;
  private final PostRetries retries;
  private final PublishQueue queue;
  private final Receipts receipts;
  private final BroadcastCheck check;
  private final FrameBuilder frames;
  private final Supplier<PublishForm> form;
  private final Observer observer;
  private final Map<String, Post> posts = new HashMap<>();
  private @Nullable PublishFailedException outage;

  /** Is notified of the results of posts. */
  interface Observer {
    /** A post has ended, so there may be more to send. */
    void onProgress();

    /** The server has no broadcast endpoint. Returns whether there is another transport. */
    boolean onMissing();

    /** A post has failed permanently, and so would all that wait. */
    void onOutage(PublishFailedException error);
  }

  /**
   * A post that has not ended.
   *
   * @param messages what is posted, one after another
   * @param outageBefore the last permanent failure before this post began
   * @param connection the connection over which the update should be relayed, as {@link BroadcastCheck} counts them
   */
  private record Post(
      Publication publication,
      List<String> messages,
      @Nullable PublishFailedException outageBefore,
      int connection) {}

  HttpPublishTransport(
      EventLoop loop,
      Broadcasts broadcasts,
      PostRetries retries,
      PublishQueue queue,
      Receipts receipts,
      BroadcastCheck check,
      FrameBuilder frames,
      Supplier<PublishForm> form,
      Observer observer) {
    this.loop = loop;
    this.broadcasts = broadcasts;
    this.retries = retries;
    this.queue = queue;
    this.receipts = receipts;
    this.check = check;
    this.frames = frames;
    this.form = form;
    this.observer = observer;
  }

  boolean isIdle() {
    return posts.isEmpty();
  }

  /** Posts what may be posted; returns when to call this again, in nanoseconds from now, or {@code Long.MAX_VALUE}. */
  long pump() {
    long now = loop.nanoTime();
    long backoff = retries.waitFor(now);
    if (backoff > 0) {
      return queue.hasWaiting() ? backoff : Long.MAX_VALUE;
    }
    PublishForm as = form.get();
    while (posts.size() < MAX_CONCURRENT_POSTS) {
      Publication next = queue.nextForHttp(as == PublishForm.SESSION_EVENTS, now);
      if (next == null) {
        return queue.untilRestEnds(now);
      }
      List<String> messages = frames.posts(next, as);
      if (messages.isEmpty()) {
        receipts.nothingToTell(next);
      } else {
        Post post = new Post(next, messages, outage, check.postBegan(next));
        posts.put(next.lane(), post);
        queue.postBegan(next, now + AGENT_INTERVAL);
        send(post, 0);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Abandons all posts, and returns their updates. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    posts.values().forEach(post -> all.add(post.publication()));
    posts.clear();
    return all;
  }

  /** Sends one message of a post, and those that follow once it is accepted. */
  private void send(Post post, int index) {
    broadcasts.post(
        post.messages().get(index),
        result -> loop.post(() -> {
          boolean more = index + 1 < post.messages().size();
          if (!more || !(result instanceof Result.Delivered)) {
            ended(post, result);
          } else if (isOpen(post)) {
            send(post, index + 1);
          }
        }));
  }

  private boolean isOpen(Post post) {
    return post.equals(posts.get(post.publication().lane()));
  }

  private void ended(Post post, Result result) {
    if (!isOpen(post)) {
      return;
    }
    Publication publication = post.publication();
    posts.remove(publication.lane());
    queue.postEnded(publication);
    if (result instanceof Result.Delivered) {
      retries.reset();
      check.postAccepted(publication, post.connection());
    } else {
      check.postFailed(publication);
      failed(post, result);
    }
    observer.onProgress();
  }

  private void failed(Post post, Result result) {
    if (result instanceof Result.Failed failed) {
      failed(post, failed);
    } else if (result instanceof Result.Refused refused) {
      retries.reset();
      receipts.failed(
          post.publication(),
          new PublishFailedException(
              "The update was not published: " + refused.why().replaceFirst("[.\\s]+$", "") + ".",
              null));
    }
  }

  private void failed(Post post, Result.Failed failed) {
    Publication publication = post.publication();
    if (isMissing(failed.cause()) && observer.onMissing()) {
      receipts.superseded(queue.giveBack(publication));
      return;
    }
    if (outage != null && outage != post.outageBefore()) {
      // It began before the outage was known, and must not start another series of attempts.
      receipts.failed(publication, outage);
      return;
    }
    String reason = retries.failed(failed.cause(), loop.nanoTime());
    if (reason == null) {
      receipts.superseded(queue.giveBack(publication));
      return;
    }
    PublishFailedException error = error(reason, failed);
    receipts.failed(publication, error);
    if (!isUpdateRefused(failed.cause())) {
      outage = error;
      observer.onOutage(error);
    }
  }

  private static PublishFailedException error(String reason, Result.Failed failed) {
    String nextStep = isMissing(failed.cause())
        ? " Check the URL, or set httpBaseUrl(…)."
        : " A later update tries again.";
    return new PublishFailedException(
        "The update was not published because " + reason + ": " + failed.cause().description() + "."
            + nextStep,
        failed.error());
  }

  private static boolean isUpdateRefused(DisconnectCause cause) {
    return cause instanceof HandshakeRefused refused
        && UPDATE_REFUSED.contains(refused.httpStatus());
  }

  private static boolean isMissing(DisconnectCause cause) {
    return cause instanceof HandshakeRefused refused
        && (refused.httpStatus() == 404 || refused.httpStatus() == 405);
  }

  /** Decides whether a post that failed is retried, and when, by the reconnect policy. */
  static final class PostRetries {

    private final ReconnectPolicy policy;
    private final boolean renewableToken;
    private int failures;
    private boolean unauthorized;
    private long blockedUntil;

    PostRetries(ReconnectPolicy policy, boolean renewableToken) {
      this.policy = policy;
      this.renewableToken = renewableToken;
    }

    /** Returns in how many nanoseconds the next post may begin; 0 for now. */
    long waitFor(long now) {
      return failures == 0 ? 0 : Math.max(0, blockedUntil - now);
    }

    /** The server accepted a post, or refused it in a response of its own. */
    void reset() {
      failures = 0;
      unauthorized = false;
    }

    /** Returns {@code null} if the post may be retried after {@link #waitFor}, otherwise the reason why not. */
    @Nullable
    String failed(DisconnectCause cause, long now) {
      if (waitFor(now) > 0) {
        // Of several concurrent posts one has failed before: one failure is enough to wait for.
        return null;
      }
      boolean nowUnauthorized =
          cause instanceof HandshakeRefused refused && refused.httpStatus() == 401;
      boolean freshToken = renewableToken && nowUnauthorized && !unauthorized;
      unauthorized = nowUnauthorized;
      ReconnectPolicy.Decision decision = ConnectionMachine.decide(
          policy, new ReconnectPolicy.Context(cause, failures + 1, freshToken));
      if (decision instanceof ReconnectPolicy.Decision.RetryAfter retry) {
        failures++;
        blockedUntil = now + retry.delay().toNanos();
        return null;
      }
      reset();
      return ((ReconnectPolicy.Decision.GiveUp) decision).reason();
    }
  }
}

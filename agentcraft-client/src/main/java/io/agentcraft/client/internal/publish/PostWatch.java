package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether what is posted comes back over the open socket, as from a server that sends posts to all its clients.
 * If it does not, the posts may go to another server, and no receipt calls them delivered. Confined to the loop.
 *
 * <p>Only receipts ever wait for that, once in the life of a client: those of the first posts, until one is seen or has not
 * been for {@link #PATIENCE}. Without an open socket there is nothing to see, and the answer to the post has to do.
 */
final class PostWatch {

  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Stands for a post that began without an open socket. */
  static final int UNSEEN = -1;

  /** Of what was posted before that nothing is expected any more. */
  private static final long LONGEST = Duration.ofSeconds(15).toNanos();

  private static final int MOST_POSTED = 64;

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final EventLoop scheduler;
  private final WebSocketPublishTransport socket;
  private final Receipts receipts;
  private final @Nullable String url;
  private final Runnable onProgress;
  /** May come back over any socket: one that opens while a post is under way, too. */
  private final Deque<Timed> posted = new ArrayDeque<>();

  private final List<Timed> held = new ArrayList<>();
  private Finding finding = Finding.NONE;
  private boolean hasWaited;
  private int connection;
  private Scheduler.@Nullable Timer timer;

  private enum Finding {
    NONE,
    SEEN,
    NOT_SEEN
  }

  private record Timed(Publication publication, long at) {}

  /**
   * Makes a watch.
   *
   * @param url where updates are posted to
   * @param onProgress runs when receipts that waited have been given
   */
  PostWatch(
      EventLoop scheduler,
      WebSocketPublishTransport socket,
      Receipts receipts,
      @Nullable String url,
      Runnable onProgress) {
    this.scheduler = scheduler;
    this.socket = socket;
    this.receipts = receipts;
    this.url = url;
    this.onProgress = onProgress;
  }

  /** Returns whether a post that begins now is to be seen on the socket. */
  boolean canSee() {
    return socket.isOpen();
  }

  /** Returns whether something that was posted may still be seen. */
  boolean isWatching() {
    return canSee() && !posted.isEmpty();
  }

  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Notes a post that begins. Returns the number of the connection that it is to be seen on, or {@link #UNSEEN}. */
  int begins(Publication publication) {
    posted.addLast(new Timed(publication, scheduler.nanoTime()));
    if (posted.size() > MOST_POSTED) {
      posted.removeFirst();
    }
    return canSee() ? connection : UNSEEN;
  }

  /** The server took a post: gives its receipt, now or when it is known which. */
  void taken(Publication publication, int seenOn) {
    long now = scheduler.nanoTime();
    boolean undecided = seenOn != UNSEEN && finding == Finding.NONE;
    boolean mayCome = undecided && seenOn == connection && canSee();
    if (mayCome && timer == null) {
      timer = scheduler.schedule(PATIENCE, this::timeIsUp);
    }
    if (mayCome && !hasWaited) {
      held.add(new Timed(publication, now));
    } else if (undecided || finding == Finding.NOT_SEEN) {
      receipts.accepted(publication, now);
    } else {
      receipts.deliveredByHttp(publication, now);
    }
  }

  /** A post failed, and the update may now take another way: what comes back then is not of this post. */
  void failed(Publication publication) {
    posted.removeIf(entry -> entry.publication().equals(publication));
  }

  /** Returns whether a frame that came over the socket is one that was posted. */
  boolean seen(AgentStatusUpdate relayed) {
    Iterator<Timed> entries = posted.iterator();
    while (entries.hasNext()) {
      Publication publication = entries.next().publication();
      if (publication.agentId().equals(relayed.agentId()) && publication.isRelayedAs(relayed)) {
        entries.remove();
        finding = Finding.SEEN;
        endWait();
        return true;
      }
    }
    return false;
  }

  /** Expects nothing any more of what was posted long ago. */
  void forget(long now) {
    while (!posted.isEmpty() && now - posted.getFirst().at() >= LONGEST) {
      posted.removeFirst();
    }
  }

  /** The socket is gone: what was to be seen on it no longer is. */
  void lost() {
    connection++;
    endWait();
  }

  private void timeIsUp() {
    timer = null;
    hasWaited = true;
    if (socket.sinceReaderWaited(scheduler.nanoTime()) > PATIENCE.toNanos()) {
      finding = Finding.NOT_SEEN;
      LOG.warn(
          "What was posted to {} was taken there, but did not come back over the open socket within {} s:"
              + " it may have gone to another server. Receipts say Accepted, not Delivered."
              + " Check the URL, or set httpBaseUrl(…).",
          url,
          PATIENCE.toSeconds());
    }
    endWait();
    onProgress.run();
  }

  /** Gives the receipts that waited. */
  void endWait() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    List<Timed> waited = List.copyOf(held);
    held.clear();
    for (Timed entry : waited) {
      if (finding == Finding.SEEN) {
        receipts.deliveredByHttp(entry.publication(), entry.at());
      } else {
        receipts.accepted(entry.publication(), entry.at());
      }
    }
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.LoopTimer;
import io.agentcraft.client.message.ServerMessage;
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
 * Checks whether posted updates are relayed over the open WebSocket, as by a server that sends posts to all its clients. If
 * they are not, posts may go to another server, and their receipts must not be {@code Delivered}. Confined to the loop.
 *
 * <p>Only receipts wait for the check, and only once: those of the first posts, until one is relayed or {@link #TIMEOUT} has
 * passed. Without an open WebSocket nothing can be checked, and the response to the post is all there is to go by.
 */
final class BroadcastCheck {

  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Stands for a post that began without an open WebSocket. */
  static final int NO_CONNECTION = -1;

  /** How long a post may still be relayed. */
  private static final long MAX_RELAY_TIME = Duration.ofSeconds(15).toNanos();

  private static final int MAX_POSTED = 64;

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final EventLoop loop;
  private final WebSocketPublishTransport webSocket;
  private final Receipts receipts;
  private final @Nullable String url;
  private final Observer observer;
  /** May be relayed over any connection, also over one that opens before the response to the post. */
  private final Deque<Timed> posted = new ArrayDeque<>();

  private final List<Timed> waiting = new ArrayList<>();
  private Finding finding = Finding.NONE;
  private boolean hasTimedOut;
  private int connection;
  private final LoopTimer timer;

  private enum Finding {
    NONE,
    RELAYED,
    NOT_RELAYED
  }

  private record Timed(Publication publication, long at) {}

  /** Is notified of what the check finds. */
  interface Observer {

    /** Posts are not relayed. */
    void onNotRelayed();

    /** Receipts that waited are complete. */
    void onProgress();
  }

  /**
   * Creates a check.
   *
   * @param url where updates are posted to
   */
  BroadcastCheck(
      EventLoop loop,
      WebSocketPublishTransport webSocket,
      Receipts receipts,
      @Nullable String url,
      Observer observer) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.webSocket = webSocket;
    this.receipts = receipts;
    this.url = url;
    this.observer = observer;
  }

  /** Returns whether a relay may still come. */
  boolean expectsRelays() {
    return webSocket.isOpen() && !posted.isEmpty();
  }

  /** Returns whether the check may still find something. */
  boolean isOpen() {
    return finding != Finding.RELAYED;
  }

  /** Returns whether a session event that is relayed would tell something. */
  boolean expectsEvents() {
    return expectsRelays() && isOpen();
  }

  /** Returns whether receipts wait for the check. */
  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * Notes that a post began, which may be relayed before its response arrives. Returns the number of the connection over which
   * a relay is expected, or {@link #NO_CONNECTION}.
   */
  int postBegan(Publication publication) {
    posted.addLast(new Timed(publication, loop.nanoTime()));
    if (posted.size() > MAX_POSTED) {
      posted.removeFirst();
    }
    return webSocket.isOpen() ? connection : NO_CONNECTION;
  }

  /** A post was accepted: completes its receipt, now or after the check. */
  void postAccepted(Publication publication, int expectedOver) {
    long now = loop.nanoTime();
    boolean unknown = expectedOver != NO_CONNECTION && finding == Finding.NONE;
    boolean mayBeRelayed = unknown && expectedOver == connection && webSocket.isOpen();
    if (mayBeRelayed && !timer.isRunning()) {
      timer.start(TIMEOUT, this::timedOut);
    }
    if (mayBeRelayed && !hasTimedOut) {
      waiting.add(new Timed(publication, now));
    } else if (unknown || finding == Finding.NOT_RELAYED) {
      receipts.accepted(publication, now);
    } else {
      receipts.deliveredOverHttp(publication, now);
    }
  }

  /** A post failed. The update may now be sent in another way, so a relay says nothing about this post. */
  void postFailed(Publication publication) {
    posted.removeIf(entry -> entry.publication().equals(publication));
  }

  /** Returns whether an update that was relayed over the WebSocket was posted. */
  boolean relayed(ServerMessage relayed) {
    Iterator<Timed> entries = posted.iterator();
    while (entries.hasNext()) {
      if (entries.next().publication().isRelayedAs(relayed)) {
        entries.remove();
        finding = Finding.RELAYED;
        completeWaiting();
        return true;
      }
    }
    return false;
  }

  /** Expects no more relays of old posts. */
  void forget(long now) {
    while (!posted.isEmpty() && now - posted.getFirst().at() >= MAX_RELAY_TIME) {
      posted.removeFirst();
    }
  }

  /** The connection is lost, so nothing more is relayed over it. */
  void lost() {
    connection++;
    completeWaiting();
  }

  private void timedOut() {
    hasTimedOut = true;
    if (webSocket.sinceReaderWaited(loop.nanoTime()) > TIMEOUT.toNanos()) {
      finding = Finding.NOT_RELAYED;
      LOG.warn(
          "An update that was posted to {} was accepted there, but was not relayed over the open WebSocket within"
              + " {} s: it may have gone to another server. Receipts say Accepted, not Delivered."
              + " Check the URL, or set httpBaseUrl(…).",
          url,
          TIMEOUT.toSeconds());
      observer.onNotRelayed();
    }
    completeWaiting();
    observer.onProgress();
  }

  /** Completes the receipts that wait for the check. */
  void completeWaiting() {
    timer.stop();
    List<Timed> complete = List.copyOf(waiting);
    waiting.clear();
    for (Timed entry : complete) {
      if (finding == Finding.RELAYED) {
        receipts.deliveredOverHttp(entry.publication(), entry.at());
      } else {
        receipts.accepted(entry.publication(), entry.at());
      }
    }
  }
}

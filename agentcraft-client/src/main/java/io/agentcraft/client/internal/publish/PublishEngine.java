package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.publish.TransportSelector.Route;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes updates from any thread and sees to it that each ends: delivered, superseded or failed. Everything but {@link
 * #offer} and {@link #awaits} is confined to the loop.
 */
public final class PublishEngine implements ConnectionFollower, InboundFrameHandler.ReplyMatcher {

  /** How long the server has to relay an update back. */
  private static final Duration RELAY_TIMEOUT = Duration.ofSeconds(5);

  /** For how long updates are sent over the socket without any relay: three times in all. */
  private static final Duration LONGEST_SILENCE = RELAY_TIMEOUT.multipliedBy(3);

  /** How often a reader that waits for slow listeners is looked at. */
  private static final Duration READER_CHECK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final EventLoop scheduler;
  private final Connector connector;
  private final Receipts receipts;
  private final Intake intake;
  private final PublishQueue queue = new PublishQueue();
  private final WebSocketPublishTransport socket;
  private final PostWatch posts;
  private final HttpPublishTransport http;
  private TransportSelector path;
  private Scheduler.@Nullable Timer timer;
  private @Nullable Closing closing;
  private volatile boolean awaitsRelays;

  /** Makes sure that there is a connection, or will be. */
  @FunctionalInterface
  public interface Connector {

    /** Returns {@code null} if the client is connected or about to be, otherwise why it is not. */
    @Nullable
    AgentCraftException connect();
  }

  /** A grace period. */
  private record Closing(Runnable then, Scheduler.Timer end, Scheduler.Timer half) {}

  PublishEngine(PublishTransport configured, Connector connector, Parts parts) {
    this.scheduler = parts.scheduler();
    this.connector = connector;
    this.receipts = parts.receipts();
    this.intake = new Intake(scheduler, this::pump);
    this.socket =
        new WebSocketPublishTransport(scheduler, parts.budget(), parts.pace(), queue, receipts);
    String url = parts.broadcasts().url();
    this.posts = new PostWatch(scheduler, socket, receipts, url, this::pump);
    this.http = new HttpPublishTransport(
        scheduler, parts.broadcasts(), parts.retries(), queue, receipts, posts, new OfHttp());
    this.path = TransportSelector.initial(configured, url == null);
  }

  /** Takes an update, from any thread. */
  void offer(Publication publication) {
    Publication replaced = intake.offer(publication);
    if (replaced != null) {
      receipts.replaced(replaced);
    }
  }

  /** Relays of our own updates confirm them. */
  @Override
  public boolean awaits(String type) {
    return awaitsRelays && type.equals(AgentStatusUpdate.TYPE);
  }

  @Override
  public boolean accept(ServerMessage message) {
    if (awaitsRelays && message instanceof AgentStatusUpdate update) {
      var unused = scheduler.post(() -> onRelayed(update));
    }
    return false;
  }

  @Override
  public void onUp(Connection link) {
    socket.opened(link);
    choose(path.connected());
    pump();
  }

  @Override
  public void onDown() {
    socket.lost();
    posts.lost();
    choose(path.disconnected());
    receipts.superseded(queue.takeBackAll());
    pump();
  }

  /** There will be no connection: goes on by HTTP if that may work, else fails what waits. */
  @Override
  public void onGaveUp(AgentCraftException error) {
    gaveUp(error);
    pump();
  }

  /** An update came back from the server: ours, or another client's. */
  void onRelayed(AgentStatusUpdate relayed) {
    // What was posted comes back too: it confirms nothing that went over the socket and says the
    // same.
    if (!posts.seen(relayed)) {
      List<Publication> superseded = new ArrayList<>();
      queue.confirm(relayed, superseded).ifPresent(publication -> {
        socket.forgetSilence();
        choose(path.relayed());
        receipts.delivered(publication, PublishTransport.WEBSOCKET, scheduler.nanoTime());
      });
      receipts.superseded(superseded);
    }
    pump();
  }

  /** Takes no more updates, and runs a task once nothing is left to wait for, at the latest after the grace period. */
  public void close(Duration grace, Runnable then) {
    intake.close();
    closing = new Closing(
        then,
        scheduler.schedule(grace, this::finish),
        scheduler.schedule(grace.dividedBy(2), this::hurry));
    pump();
    if (grace.isZero()) {
      finish();
    }
  }

  private void pump() {
    stopTimer();
    takeIn();
    long now = scheduler.nanoTime();
    lookForOverdue(now);
    queue.forgetOverdue(path.route() == Route.HTTP ? 0 : LONGEST_SILENCE.toNanos(), now);
    posts.forget(now);
    // Before anything is sent: a relay may come at once.
    noteAwaited();
    long again = Math.min(send(), untilOverdue(now));
    noteAwaited();
    if (queue.isEmpty() && http.isIdle() && !posts.isHolding()) {
      finish();
    } else if (again != Long.MAX_VALUE) {
      timer = scheduler.schedule(Duration.ofNanos(Math.max(again, 0)), this::pump);
    }
  }

  private void takeIn() {
    List<Publication> superseded = new ArrayList<>();
    intake.drain().forEach(publication -> queue.offer(publication, superseded));
    receipts.superseded(superseded);
  }

  /** Sends what may go now; returns when to look again. */
  private long send() {
    return switch (path.route()) {
      case HTTP -> http.pump();
      case HOLD -> Long.MAX_VALUE;
      case WEBSOCKET -> viaSocket(Integer.MAX_VALUE);
      case WEBSOCKET_PROBE -> viaSocket(1);
    };
  }

  private long viaSocket(int most) {
    if (socket.isOpen()) {
      long again = socket.pump(most, http::isBusyWith);
      if (path.route() == Route.WEBSOCKET_PROBE && queue.hasUnconfirmed()) {
        choose(path.probeSent());
      }
      return again;
    }
    AgentCraftException error = queue.hasWaiting() ? connector.connect() : null;
    if (error != null) {
      gaveUp(error);
    }
    return path.route() == Route.HTTP ? http.pump() : Long.MAX_VALUE;
  }

  private void gaveUp(AgentCraftException error) {
    choose(path.gaveUp());
    if (path.route() != Route.HTTP) {
      receipts.failed(queue.drain(), error);
    }
  }

  /** Looks after what was sent over the socket and did not come back. */
  private void lookForOverdue(long now) {
    if (untilOverdue(now) > 0) {
      return;
    }
    boolean silentForLong = socket.silentFor(now) >= LONGEST_SILENCE.toNanos();
    if (path.route() == Route.HOLD || (path.route() == Route.WEBSOCKET && silentForLong)) {
      ignored();
    }
    // What was sent since then may still arrive, so nothing newer of its agent goes another way
    // before it is overdue too.
    receipts.superseded(queue.takeBackOverdue(RELAY_TIMEOUT.toNanos(), now));
  }

  private long untilOverdue(long now) {
    if (!socket.isOpen() || !queue.hasUnconfirmed()) {
      return Long.MAX_VALUE;
    }
    long sinceReaderWaited = socket.sinceReaderWaited(now);
    if (sinceReaderWaited == 0) {
      return READER_CHECK.toNanos();
    }
    return RELAY_TIMEOUT.toNanos() - Math.min(queue.oldestAge(now), sinceReaderWaited);
  }

  /** The server does not relay: goes on by HTTP if that is allowed. */
  private void ignored() {
    socket.forgetSilence();
    choose(path.ignored());
    if (path.configured() == PublishTransport.WEBSOCKET && !path.hasRelayed()) {
      receipts.failed(
          queue.drain(),
          new PublishFailedException(
              "The server does not relay updates sent over the socket, so it is likely to ignore them."
                  + " Use PublishTransport.AUTO or HTTP.",
              null));
    }
  }

  private void choose(TransportSelector next) {
    Route before = path.route();
    path = next;
    if (before != Route.HTTP && next.route() == Route.HTTP && next.httpMissing()) {
      LOG.warn(
          "The server does not relay updates sent over the socket, and there is nothing to post them to:"
              + " none will be published. Check the URL, or set httpBaseUrl(…).");
    } else if (before != Route.HTTP && next.route() == Route.HTTP) {
      LOG.info(
          next.knowledge() == TransportSelector.Knowledge.IGNORES
              ? "The server does not relay updates sent over the socket: publishing by HTTP from now on."
              : "There is no connection: publishing by HTTP until there is one.");
    } else if (before != Route.WEBSOCKET && next.route() == Route.WEBSOCKET) {
      LOG.debug("The server relays updates sent over the socket.");
    }
  }

  private void noteAwaited() {
    boolean mayComeNext = !queue.isEmpty() && (path.route() != Route.HTTP || posts.canSee());
    awaitsRelays =
        mayComeNext || queue.hasUnconfirmed() || queue.hasOverdue() || posts.isWatching();
  }

  /** A probe that is still out has half of the grace to be answered, so that HTTP has the other half. */
  private void hurry() {
    if (path.route() == Route.HOLD || path.route() == Route.WEBSOCKET_PROBE) {
      ignored();
      receipts.superseded(queue.takeBackAll());
      pump();
    }
  }

  private void finish() {
    Closing ending = closing;
    if (ending == null) {
      return;
    }
    closing = null;
    stopTimer();
    ending.end().cancel();
    ending.half().cancel();
    posts.endWait();
    List<Publication> left = queue.drain();
    left.addAll(http.drain());
    left.addAll(intake.drain());
    receipts.failed(
        left,
        new ClientClosedException(
            "The update was not published within the time that drainTimeout(…) and the server's limit of frames allow"));
    ending.then().run();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** What the HTTP path found out. */
  private final class OfHttp implements HttpPublishTransport.HttpObserver {

    @Override
    public void onProgress() {
      pump();
    }

    @Override
    public boolean onMissing() {
      if (path.route() == Route.HTTP) {
        choose(path.missing());
      }
      return path.route() != Route.HTTP;
    }

    @Override
    public void onOutage(PublishFailedException error) {
      if (path.route() == Route.HTTP) {
        receipts.failed(queue.drain(), error);
      }
    }
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.LoopTimer;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.publish.DefaultAgentTask.OpenTasks;
import io.agentcraft.client.internal.publish.HttpPublishTransport.PostRetries;
import io.agentcraft.client.internal.publish.TransportSelector.Route;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the updates of one client's agents. Every update ends as delivered, superseded or failed. Confined to the loop,
 * except for {@link #agent}, {@link #publish}, {@link #awaits} and {@link #accept}.
 */
public final class PublishEngine implements ConnectionFollower, InboundFrameHandler.ReplyMatcher {

  /** How long the server has to relay an update. */
  private static final Duration RELAY_TIMEOUT = Duration.ofSeconds(5);

  /** How long updates are sent over the WebSocket without any relay: three attempts. */
  private static final Duration MAX_SILENCE = RELAY_TIMEOUT.multipliedBy(3);

  /** How often to check a reader that waits for slow listeners. */
  private static final Duration READER_CHECK_INTERVAL = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final MessageCodec codec;
  private final Connector connector;
  private final Receipts receipts;
  private final PublishInbox inbox;
  private final PublishQueue queue = new PublishQueue();
  private final WebSocketPublishTransport webSocket;
  private final BroadcastCheck check;
  private final HttpPublishTransport http;
  private final OpenTasks openTasks = new OpenTasks();
  private TransportSelector selector;
  private final LoopTimer timer;
  private @Nullable Closing closing;
  private volatile boolean awaitsRelays;

  /** Connects the client if necessary. */
  @FunctionalInterface
  public interface Connector {

    /** Returns {@code null} if the client is connected or connecting, otherwise why it is not. */
    @Nullable
    AgentCraftException connect();
  }

  /** The time limit of {@link #close}. */
  private record Closing(Runnable then, Scheduler.Timer end, Scheduler.Timer half) {}

  /**
   * Creates the engine of one client.
   *
   * @param completions runs what completes receipts
   * @param retryPolicy decides whether a post that failed is retried
   * @param renewableToken whether a token provider may return a new token after HTTP 401
   */
  public PublishEngine(
      EventLoop loop,
      MessageCodec codec,
      PublishTransport transport,
      Connector connector,
      FrameRateLimiter rateLimiter,
      Instrumentation instrumentation,
      Executor completions,
      Broadcasts broadcasts,
      ReconnectPolicy retryPolicy,
      boolean renewableToken) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.codec = codec;
    this.connector = connector;
    this.receipts = new Receipts(completions, instrumentation);
    this.inbox = new PublishInbox(loop, this::pump, receipts::addReplaced);
    this.webSocket = new WebSocketPublishTransport(loop, rateLimiter, queue, receipts);
    String url = broadcasts.url();
    this.check = new BroadcastCheck(loop, webSocket, receipts, url, this::pump);
    this.http = new HttpPublishTransport(
        loop,
        broadcasts,
        new PostRetries(retryPolicy, renewableToken),
        queue,
        receipts,
        check,
        new HttpObserver());
    this.selector = TransportSelector.initial(transport, url == null);
  }

  /** Returns a publisher for one agent. */
  public AgentPublisher agent(String id, String name) {
    return new DefaultAgentPublisher(this, codec, id, name);
  }

  Instant now() {
    return loop.now();
  }

  OpenTasks openTasks() {
    return openTasks;
  }

  /** Publishes an update; see {@link Publication}. */
  CompletableFuture<PublishReceipt> publish(
      AgentStatusUpdate update,
      Supplier<String> frame,
      @Nullable String companion,
      boolean required) {
    CompletableFuture<PublishReceipt> receipt = new CompletableFuture<>();
    Publication replaced =
        inbox.offer(new Publication(update, frame, companion, required, loop.nanoTime(), receipt));
    if (replaced != null) {
      receipts.completeReplacedSoon();
    }
    return receipt;
  }

  @Override
  public boolean awaits(String type) {
    return awaitsRelays && type.equals(AgentStatusUpdate.TYPE);
  }

  @Override
  public boolean accept(ServerMessage message) {
    if (awaitsRelays && message instanceof AgentStatusUpdate update) {
      var unused = loop.post(() -> onRelayed(update));
    }
    return false;
  }

  @Override
  public void onUp(Connection connection) {
    webSocket.opened(connection);
    select(selector.connected());
    pump();
  }

  @Override
  public void onDown() {
    webSocket.lost();
    check.lost();
    select(selector.disconnected());
    receipts.superseded(queue.takeBackAll());
    pump();
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    gaveUp(error);
    pump();
  }

  /** The server relayed an update, which may be another client's. */
  void onRelayed(AgentStatusUpdate relayed) {
    // Posted updates are relayed too. They confirm nothing that was sent over the WebSocket with
    // the same content.
    if (!check.relayed(relayed)) {
      if (queue.wasSent(relayed)) {
        // Also where the relay is late and the update superseded: the server does relay.
        webSocket.resetSilence();
        select(selector.relayed());
      }
      List<Publication> superseded = new ArrayList<>();
      queue
          .confirm(relayed, superseded)
          .ifPresent(publication ->
              receipts.delivered(publication, PublishTransport.WEBSOCKET, loop.nanoTime()));
      receipts.superseded(superseded);
    }
    pump();
  }

  /** Accepts no more updates, and runs a task once all updates have ended, at the latest after the timeout. */
  public void close(Duration drainTimeout, Runnable then) {
    inbox.close();
    closing = new Closing(
        then,
        loop.schedule(drainTimeout, this::finish),
        loop.schedule(drainTimeout.dividedBy(2), this::endProbe));
    pump();
    if (drainTimeout.isZero()) {
      finish();
    }
  }

  /** Does whatever can be done now: called whenever something has changed, and when a time has come. */
  private void pump() {
    timer.stop();
    drainInbox();
    long now = loop.nanoTime();
    takeBackOverdue(now);
    queue.forgetOverdue(selector.route() == Route.HTTP ? 0 : MAX_SILENCE.toNanos(), now);
    check.forget(now);
    // Before anything is sent, because a relay may come at once.
    updateAwaitsRelays();
    long next = Math.min(send(), untilOverdue(now));
    updateAwaitsRelays();
    if (queue.isEmpty() && http.isIdle() && !check.hasWaiting()) {
      finish();
    } else if (next != Long.MAX_VALUE) {
      timer.start(Duration.ofNanos(Math.max(next, 0)), this::pump);
    }
  }

  private void drainInbox() {
    List<Publication> superseded = new ArrayList<>();
    inbox.drain().forEach(publication -> queue.offer(publication, superseded));
    receipts.superseded(superseded);
  }

  /** Sends what may be sent; returns when to call this again, in nanoseconds from now, or {@code Long.MAX_VALUE}. */
  private long send() {
    return switch (selector.route()) {
      case HTTP -> http.pump();
      case HOLD -> Long.MAX_VALUE;
      case WEBSOCKET -> sendOverWebSocket(Integer.MAX_VALUE);
      case WEBSOCKET_PROBE -> sendOverWebSocket(1);
    };
  }

  private long sendOverWebSocket(int max) {
    if (webSocket.isOpen()) {
      long next = webSocket.pump(max);
      if (selector.route() == Route.WEBSOCKET_PROBE && queue.hasUnconfirmed()) {
        select(selector.probeSent());
      }
      return next;
    }
    AgentCraftException error = queue.hasWaiting() ? connector.connect() : null;
    if (error != null) {
      gaveUp(error);
    }
    return selector.route() == Route.HTTP ? http.pump() : Long.MAX_VALUE;
  }

  /** There will be no connection: continues over HTTP if that may work, otherwise fails what waits. */
  private void gaveUp(AgentCraftException error) {
    select(selector.gaveUp());
    if (selector.route() != Route.HTTP) {
      receipts.failed(queue.drain(), error);
    }
  }

  private void takeBackOverdue(long now) {
    if (untilOverdue(now) > 0) {
      return;
    }
    boolean silent = webSocket.silentFor(now) >= MAX_SILENCE.toNanos();
    if (selector.route() == Route.HOLD || (selector.route() == Route.WEBSOCKET && silent)) {
      ignored();
    }
    // What was sent since may still arrive, so nothing newer of its agent is posted before it is
    // overdue too.
    receipts.superseded(queue.takeBackOverdue(RELAY_TIMEOUT.toNanos(), now));
  }

  /** Returns in how many nanoseconds an update is overdue; {@code Long.MAX_VALUE} if none is unconfirmed. */
  private long untilOverdue(long now) {
    if (!webSocket.isOpen() || !queue.hasUnconfirmed()) {
      return Long.MAX_VALUE;
    }
    long sinceReaderWaited = webSocket.sinceReaderWaited(now);
    if (sinceReaderWaited == 0) {
      return READER_CHECK_INTERVAL.toNanos();
    }
    return RELAY_TIMEOUT.toNanos() - Math.min(queue.oldestAge(now), sinceReaderWaited);
  }

  /** The server does not relay updates: continues over HTTP if that is allowed. */
  private void ignored() {
    webSocket.resetSilence();
    select(selector.ignored());
    if (selector.configured() == PublishTransport.WEBSOCKET && !selector.hasRelayed()) {
      receipts.failed(
          queue.drain(),
          new PublishFailedException(
              "The server does not relay updates sent over the WebSocket, so it is likely to ignore them."
                  + " Use PublishTransport.AUTO or HTTP.",
              null));
    }
  }

  private void select(TransportSelector next) {
    next.logChange(selector.route());
    selector = next;
  }

  private void updateAwaitsRelays() {
    boolean mayBeSent = !queue.isEmpty() && (selector.route() != Route.HTTP || webSocket.isOpen());
    awaitsRelays =
        mayBeSent || queue.hasUnconfirmed() || queue.hasOverdue() || check.expectsRelays();
  }

  /** Half of the drain timeout has passed: does not wait for a probe any longer, so that HTTP gets the other half. */
  private void endProbe() {
    if (selector.route() == Route.HOLD || selector.route() == Route.WEBSOCKET_PROBE) {
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
    timer.stop();
    ending.end().cancel();
    ending.half().cancel();
    check.completeWaiting();
    List<Publication> left = queue.drain();
    left.addAll(http.drain());
    left.addAll(inbox.drain());
    receipts.failed(
        left,
        new ClientClosedException(
            "The update was not published within the time that drainTimeout(…) and the server's limit of frames allow"));
    receipts.close();
    ending.then().run();
  }

  private final class HttpObserver implements HttpPublishTransport.Observer {

    @Override
    public void onProgress() {
      pump();
    }

    @Override
    public boolean onMissing() {
      if (selector.route() == Route.HTTP) {
        select(selector.missing());
      }
      return selector.route() != Route.HTTP;
    }

    @Override
    public void onOutage(PublishFailedException error) {
      if (selector.route() == Route.HTTP) {
        receipts.failed(queue.drain(), error);
      }
    }
  }
}

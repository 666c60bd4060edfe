package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.internal.publish.HttpPublishTransport.PostRetries;
import io.agentcraft.client.internal.publish.PublishEngine.Connector;
import io.agentcraft.client.internal.publish.PublishEngine.Options;
import io.agentcraft.client.internal.publish.TransportSelector.Route;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the queue over the transport that arrives, and changes it when another one does. Confined to the loop,
 * except for {@link #probe}'s replies.
 */
final class PublishRouter {

  /** How long the server has to relay an update. */
  private static final Duration RELAY_TIMEOUT = Duration.ofSeconds(5);

  /** How long updates are sent over the WebSocket without any relay: three attempts. */
  private static final Duration MAX_SILENCE = RELAY_TIMEOUT.multipliedBy(3);

  /** How often to check a reader that waits for slow listeners. */
  private static final Duration READER_CHECK_INTERVAL = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Connector connector;
  private final PublishQueue queue;
  private final Receipts receipts;
  private final Runnable pump;
  private final ServerProbe probe;
  private final WebSocketPublishTransport webSocket;
  private final BroadcastCheck check;
  private final HttpPublishTransport http;
  private TransportSelector selector;
  private @Nullable Connection connection;

  /**
   * Creates a router.
   *
   * @param pump does what can be done, when something has changed
   */
  PublishRouter(
      EventLoop loop,
      MessageCodec codec,
      Options options,
      Connector connector,
      FrameRateLimiter rateLimiter,
      Broadcasts broadcasts,
      PublishQueue queue,
      Receipts receipts,
      Runnable pump) {
    this.loop = loop;
    this.connector = connector;
    this.queue = queue;
    this.receipts = receipts;
    this.pump = pump;
    this.probe =
        new ServerProbe(loop, codec, rateLimiter, broadcasts, options.form(), this::serverFound);
    FrameBuilder frames = new FrameBuilder(codec, loop::now);
    this.webSocket = new WebSocketPublishTransport(loop, rateLimiter, queue, receipts, frames);
    this.check =
        new BroadcastCheck(loop, webSocket, receipts, broadcasts.url(), new CheckObserver());
    this.http = new HttpPublishTransport(
        loop,
        broadcasts,
        new PostRetries(options.retryPolicy(), options.renewableToken()),
        queue,
        receipts,
        check,
        frames,
        this::formOverHttp,
        new HttpObserver());
    this.selector = TransportSelector.initial(options.transport());
  }

  /** Returns what takes the replies to its questions. May be called from any thread. */
  ServerProbe probe() {
    return probe;
  }

  void opened(Connection opened) {
    connection = opened;
    webSocket.opened(opened);
    select(selector.connected());
  }

  void lost() {
    connection = null;
    probe.lost();
    webSocket.lost();
    check.lost();
    select(selector.disconnected());
    receipts.superseded(queue.takeBackAll());
  }

  /** The server relayed a message, which may be another client's. */
  void relayed(ServerMessage relayed) {
    // Posted updates are relayed too. They confirm nothing that was sent over the WebSocket with
    // the same content.
    if (!check.relayed(relayed) && relayed instanceof AgentStatusUpdate status) {
      if (queue.wasSent(status)) {
        // Also where the relay is late and the update superseded: the server does relay.
        webSocket.resetSilence();
        select(selector.relayed());
      }
      List<Publication> superseded = new ArrayList<>();
      queue
          .confirm(status, superseded)
          .ifPresent(publication ->
              receipts.delivered(publication, PublishTransport.WEBSOCKET, loop.nanoTime()));
      receipts.superseded(superseded);
    }
  }

  /** Takes back what was sent and did not arrive, and expects no more relays of what is too old. */
  void takeBack(long now) {
    takeBackOverdue(now);
    queue.forgetOverdue(route() == Route.HTTP ? 0 : MAX_SILENCE.toNanos(), now);
    check.forget(now);
  }

  /** Returns whether something is on its way over HTTP, or a receipt waits for what was sent so. */
  boolean isBusy() {
    return !http.isIdle() || check.hasWaiting();
  }

  /** Returns whether updates go over HTTP though another transport may be used. */
  boolean fellBackToHttp() {
    return selector.configured() == PublishTransport.AUTO && route() == Route.HTTP;
  }

  boolean awaitsRelays() {
    return mayBeRelayed() || queue.hasUnconfirmed() || queue.hasOverdue() || check.expectsRelays();
  }

  boolean awaitsEvents() {
    return check.expectsEvents()
        || (mayBeRelayed() && check.isOpen() && formOverHttp() == PublishForm.SESSION_EVENTS);
  }

  private boolean mayBeRelayed() {
    return !queue.isEmpty() && (route() != Route.HTTP || webSocket.isOpen());
  }

  private Route route() {
    return selector.configured() == PublishTransport.AUTO && !probe.isDone()
        ? Route.ASK
        : selector.route();
  }

  private PublishForm formOverHttp() {
    // Only the deployed backend was seen to have a broadcast endpoint.
    PublishForm known = probe.form();
    return known != null ? known : PublishForm.SESSION_EVENTS;
  }

  /** Sends what may be sent; returns when to call this again, in nanoseconds from now, or {@code Long.MAX_VALUE}. */
  long send() {
    return switch (route()) {
      case ASK -> ask();
      case HTTP -> http.pump();
      case HOLD -> Long.MAX_VALUE;
      case WEBSOCKET -> sendOverWebSocket(Integer.MAX_VALUE);
      case WEBSOCKET_PROBE -> sendOverWebSocket(1);
    };
  }

  /** Finds out how the server wants to be told, before the first update. */
  private long ask() {
    if (queue.hasWaiting()) {
      probe.askEndpoint();
      if (connection != null) {
        probe.askForm(connection);
      } else if (probe.form() == null) {
        connect();
      }
    }
    return route() == Route.ASK ? Long.MAX_VALUE : send();
  }

  private void serverFound() {
    Endpoint endpoint = probe.endpoint();
    if (endpoint != null) {
      select(selector.found(endpoint));
    }
    pump.run();
  }

  private long sendOverWebSocket(int max) {
    if (webSocket.isOpen()) {
      long next = webSocket.pump(max);
      if (route() == Route.WEBSOCKET_PROBE && queue.hasUnconfirmed()) {
        select(selector.probeSent());
      }
      return next;
    }
    if (queue.hasWaiting()) {
      connect();
    }
    return route() == Route.HTTP ? http.pump() : Long.MAX_VALUE;
  }

  private void connect() {
    AgentCraftException error = connector.connect();
    if (error != null) {
      gaveUp(error);
    }
  }

  /** There will be no connection: continues over HTTP if that may work, otherwise fails what waits. */
  void gaveUp(AgentCraftException error) {
    probe.stop();
    select(selector.gaveUp());
    if (route() != Route.HTTP) {
      receipts.failed(queue.drain(), error);
    }
  }

  private void takeBackOverdue(long now) {
    if (untilOverdue(now) > 0) {
      return;
    }
    boolean silent = webSocket.silentFor(now) >= MAX_SILENCE.toNanos();
    if (route() == Route.HOLD || (route() == Route.WEBSOCKET && silent)) {
      ignored();
    }
    // What was sent since may still arrive, so nothing newer of its agent is posted before it is
    // overdue too.
    receipts.superseded(queue.takeBackOverdue(RELAY_TIMEOUT.toNanos(), now));
  }

  /** Returns in how many nanoseconds an update is overdue; {@code Long.MAX_VALUE} if none is unconfirmed. */
  long untilOverdue(long now) {
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

  /** Half of the time for closing has passed: waits for no answer any longer, so that HTTP gets the other half. */
  void endProbe() {
    if (route() == Route.ASK) {
      probe.stop();
      serverFound();
    }
    if (route() == Route.HOLD || route() == Route.WEBSOCKET_PROBE) {
      ignored();
      receipts.superseded(queue.takeBackAll());
    }
  }

  /** Stops sending, and returns what is on its way over HTTP. */
  List<Publication> stop() {
    probe.stop();
    check.completeWaiting();
    return http.drain();
  }

  private final class CheckObserver implements BroadcastCheck.Observer {

    @Override
    public void onNotRelayed() {
      if (formOverHttp() == PublishForm.AGENT_STATUS) {
        select(selector.notRelayed());
      }
    }

    @Override
    public void onProgress() {
      pump.run();
    }
  }

  private final class HttpObserver implements HttpPublishTransport.Observer {

    @Override
    public void onProgress() {
      pump.run();
    }

    @Override
    public boolean onMissing() {
      if (route() == Route.HTTP) {
        select(selector.missing());
      }
      return route() != Route.HTTP;
    }

    @Override
    public void onOutage(PublishFailedException error) {
      if (route() == Route.HTTP) {
        receipts.failed(queue.drain(), error);
      }
    }
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.LoopTimer;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.internal.publish.HttpPublishTransport.PostRetries;
import io.agentcraft.client.internal.publish.TransportSelector.Route;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends the updates of one client. Every update ends as delivered, superseded or failed. Confined to the loop, except for
 * {@link #publish}, {@link #awaits} and {@link #accept}.
 */
public final class PublishEngine implements ConnectionFollower, InboundFrameHandler.ReplyMatcher {

  /** How long the server has to relay an update. */
  private static final Duration RELAY_TIMEOUT = Duration.ofSeconds(5);

  /** How long updates are sent over the WebSocket without any relay: three attempts. */
  private static final Duration MAX_SILENCE = RELAY_TIMEOUT.multipliedBy(3);

  /** How often to check a reader that waits for slow listeners. */
  private static final Duration READER_CHECK_INTERVAL = Duration.ofSeconds(1);

  /** How long after the client gave up connecting a published update makes it try again. */
  private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(30);

  private static final Set<String> EVENTS = Arrays.stream(SessionEvent.Kind.values())
      .map(SessionEvent.Kind::wireName)
      .collect(Collectors.toUnmodifiableSet());

  private final EventLoop loop;
  private final Connector connector;
  private final Receipts receipts;
  private final PublishInbox inbox;
  private final PublishQueue queue = new PublishQueue();
  private final ServerProbe probe;
  private final WebSocketPublishTransport webSocket;
  private final BroadcastCheck check;
  private final HttpPublishTransport http;
  private final Reminders reminders;
  private TransportSelector selector;
  private final LoopTimer timer;
  private @Nullable Connection connection;
  private @Nullable DrainTimer draining;
  private @Nullable Long gaveUpAt;
  private volatile boolean awaitsRelays;
  private volatile boolean awaitsEvents;

  /** Connects the client if necessary. */
  @FunctionalInterface
  public interface Connector {

    /** Returns {@code null} if the client is connected or connecting, otherwise why it is not. */
    @Nullable
    AgentCraftException connect();
  }

  /**
   * What is configured.
   *
   * @param retryPolicy decides whether a post that failed is retried
   * @param renewableToken whether a token provider may return a new token after HTTP 401
   * @param reminder after how long open sessions are told again; zero for never
   */
  public record Options(
      PublishTransport transport,
      PublishForm form,
      ReconnectPolicy retryPolicy,
      boolean renewableToken,
      Duration reminder) {}

  /**
   * Creates the engine of one client.
   *
   * @param completions runs what completes receipts
   */
  public PublishEngine(
      EventLoop loop,
      MessageCodec codec,
      Options options,
      Connector connector,
      FrameRateLimiter rateLimiter,
      Instrumentation instrumentation,
      Executor completions,
      Broadcasts broadcasts) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.connector = connector;
    this.receipts = new Receipts(completions, instrumentation);
    this.inbox = new PublishInbox(loop, this::pump, receipts::addReplaced);
    this.reminders = new Reminders(loop, options.reminder(), this::remind);
    this.probe = new ServerProbe(
        loop, codec, rateLimiter, broadcasts, options.form(), this::serverFound);
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

  /** Publishes an update. May be called from any thread, also by one that holds the lock of a session. */
  CompletableFuture<PublishReceipt> publish(Publication publication) {
    if (inbox.offer(publication) != null) {
      receipts.completeReplacedSoon();
    }
    return publication.receipt();
  }

  @Override
  public boolean awaits(String type) {
    return (awaitsRelays && type.equals(AgentStatusUpdate.TYPE))
        || (awaitsEvents && EVENTS.contains(type))
        || probe.awaits(type);
  }

  @Override
  public boolean accept(ServerMessage message) {
    if ((awaitsRelays && message instanceof AgentStatusUpdate)
        || (awaitsEvents && message instanceof SessionEvent)) {
      var unused = loop.post(() -> onRelayed(message));
    }
    return probe.accept(message);
  }

  @Override
  public void onUp(Connection opened) {
    connection = opened;
    gaveUpAt = null;
    webSocket.opened(opened);
    select(selector.connected());
    pump();
  }

  @Override
  public void onDown() {
    connection = null;
    probe.lost();
    webSocket.lost();
    check.lost();
    select(selector.disconnected());
    receipts.superseded(queue.takeBackAll());
    pump();
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    gaveUpAt = loop.nanoTime();
    gaveUp(error);
    pump();
  }

  /** The server relayed a message, which may be another client's. */
  void onRelayed(ServerMessage relayed) {
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
    pump();
  }

  /** Accepts no more updates, and runs a task once all updates have ended, at the latest after the timeout. */
  public void close(Duration drainTimeout, Runnable then) {
    inbox.close();
    reminders.stop();
    draining = new DrainTimer(loop, drainTimeout, this::endProbe, this::finish, then);
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
    queue.forgetOverdue(route() == Route.HTTP ? 0 : MAX_SILENCE.toNanos(), now);
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
    List<Publication> published = inbox.drain();
    if (!published.isEmpty()) {
      connectAgain();
    }
    for (Publication publication : published) {
      queue.offer(publication, superseded);
      if (draining == null) {
        reminders.published(publication);
      }
    }
    receipts.superseded(superseded);
  }

  /** Publishing goes on over HTTP after the client gave up connecting. Its listeners need a connection all the same. */
  private void connectAgain() {
    if (gaveUpAt != null
        && route() == Route.HTTP
        && selector.configured() == PublishTransport.AUTO
        && loop.nanoTime() - gaveUpAt >= RECONNECT_INTERVAL.toNanos()) {
      gaveUpAt = null;
      AgentCraftException unused = connector.connect();
    }
  }

  private void remind(Publication reminder) {
    List<Publication> superseded = new ArrayList<>();
    queue.offer(reminder, superseded);
    receipts.superseded(superseded);
    pump();
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
  private long send() {
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
    pump();
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
  private void gaveUp(AgentCraftException error) {
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
    boolean mayBeSent = !queue.isEmpty() && (route() != Route.HTTP || webSocket.isOpen());
    awaitsRelays =
        mayBeSent || queue.hasUnconfirmed() || queue.hasOverdue() || check.expectsRelays();
    awaitsEvents = check.expectsEvents()
        || (mayBeSent && check.isOpen() && formOverHttp() == PublishForm.SESSION_EVENTS);
  }

  /** Half of the drain timeout has passed: does not wait for a probe any longer, so that HTTP gets the other half. */
  private void endProbe() {
    if (route() == Route.ASK) {
      probe.stop();
      serverFound();
    }
    if (route() == Route.HOLD || route() == Route.WEBSOCKET_PROBE) {
      ignored();
      receipts.superseded(queue.takeBackAll());
      pump();
    }
  }

  private void finish() {
    DrainTimer ending = draining;
    if (ending == null) {
      return;
    }
    draining = null;
    timer.stop();
    probe.stop();
    ending.stop();
    check.completeWaiting();
    List<Publication> left = queue.drain();
    left.addAll(http.drain());
    left.addAll(inbox.drain());
    receipts.undelivered(left);
    ending.then().run();
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
      pump();
    }
  }

  private final class HttpObserver implements HttpPublishTransport.Observer {

    @Override
    public void onProgress() {
      pump();
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

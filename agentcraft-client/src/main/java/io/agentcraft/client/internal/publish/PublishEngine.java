package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.LoopTimer;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
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
  private final PublishRouter router;
  private final Reminders reminders;
  private final LoopTimer timer;
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
    this.router = new PublishRouter(
        loop, codec, options, connector, rateLimiter, broadcasts, queue, receipts, this::pump);
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
        || router.probe().awaits(type);
  }

  @Override
  public boolean accept(ServerMessage message) {
    if ((awaitsRelays && message instanceof AgentStatusUpdate)
        || (awaitsEvents && message instanceof SessionEvent)) {
      var unused = loop.post(() -> onRelayed(message));
    }
    return router.probe().accept(message);
  }

  @Override
  public void onUp(Connection opened) {
    gaveUpAt = null;
    router.opened(opened);
    pump();
  }

  @Override
  public void onDown() {
    router.lost();
    pump();
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    gaveUpAt = loop.nanoTime();
    router.gaveUp(error);
    pump();
  }

  /** The server relayed a message, which may be another client's. */
  void onRelayed(ServerMessage relayed) {
    router.relayed(relayed);
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
    router.takeBack(now);
    // Before anything is sent, because a relay may come at once.
    updateAwaitsRelays();
    long next = Math.min(router.send(), router.untilOverdue(now));
    updateAwaitsRelays();
    if (queue.isEmpty() && !router.isBusy()) {
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
        && router.fellBackToHttp()
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

  private void updateAwaitsRelays() {
    awaitsRelays = router.awaitsRelays();
    awaitsEvents = router.awaitsEvents();
  }

  private void endProbe() {
    router.endProbe();
    pump();
  }

  private void finish() {
    DrainTimer ending = draining;
    if (ending == null) {
      return;
    }
    draining = null;
    timer.stop();
    ending.stop();
    List<Publication> onTheirWay = router.stop();
    List<Publication> left = queue.drain();
    left.addAll(onTheirWay);
    left.addAll(inbox.drain());
    receipts.undelivered(left);
    ending.then().run();
  }
}

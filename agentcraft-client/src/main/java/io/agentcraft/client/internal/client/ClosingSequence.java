package io.agentcraft.client.internal.client;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.ConnectionLoop;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a client, in five steps:
 *
 * <ol>
 *   <li>{@link #start()}, on the caller's thread: requests and {@code connect()} fail from now on. Another call joins the first.
 *   <li>{@link #drain()}: no more updates are accepted, and those that were published are delivered; at most {@code drainTimeout}.
 *   <li>{@link #closeConnection()}: what still waits to be sent fails, a reader that is blocked by slow listeners is let go,
 *       and close frames are exchanged; at most {@code closeTimeout}, then the socket is cut.
 *   <li>{@link #onClosed}, after requests and {@code connect()} have failed and the state {@code CLOSED} is on its way to
 *       the listeners: the last callback and everything that depends on a future run; at most {@code closeTimeout}, for
 *       they may be stuck.
 *   <li>{@link #end()}: the shared threads are given back and the future completes.
 * </ol>
 *
 * <p>All steps but the first run on the loop, which outlives a scheduler of the caller's that was shut down first.
 */
final class ClosingSequence implements ConnectionFollower {

  private final EventLoop loop;
  private final PublishEngine engine;
  private final CallbackBuffer callbacks;
  private final Outbox outbox;
  private final ConnectionLoop connection;
  private final Completions completions;
  private final Duration drainTimeout;
  private final Duration closeTimeout;
  private final Runnable release;

  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final Waiters<Void> waiting = new Waiters<>();
  private volatile boolean ended;

  ClosingSequence(
      EventLoop loop,
      PublishEngine engine,
      CallbackBuffer callbacks,
      Outbox outbox,
      ConnectionLoop connection,
      Completions completions,
      Duration drainTimeout,
      Duration closeTimeout,
      Runnable release) {
    this.loop = loop;
    this.engine = engine;
    this.callbacks = callbacks;
    this.outbox = outbox;
    this.connection = connection;
    this.completions = completions;
    this.drainTimeout = drainTimeout;
    this.closeTimeout = closeTimeout;
    this.release = release;
  }

  boolean isStarted() {
    return started.get();
  }

  /** Returns how long {@link #start()} takes at most, with a second to spare. */
  Duration longest() {
    return drainTimeout.plus(closeTimeout.multipliedBy(2)).plusSeconds(1);
  }

  CompletableFuture<Void> start() {
    if (started.compareAndSet(false, true)) {
      loop.outliveScheduler();
      loop.post(this::drain);
    }
    CompletableFuture<Void> closed = new CompletableFuture<>();
    waiting.add(closed);
    if (ended) {
      closed.complete(null);
    }
    return closed;
  }

  /** Returns what completes on the loop when no update is left to deliver, or the time for that is over. To be waited for only. */
  CompletableFuture<Void> drained() {
    return drained;
  }

  private void drain() {
    engine.close(drainTimeout, this::closeConnection);
  }

  private void closeConnection() {
    drained.complete(null);
    callbacks.close();
    outbox.close();
    connection.close();
  }

  @Override
  public void onClosed(AgentCraftException error) {
    Scheduler.Timer timeout = loop.schedule(closeTimeout, this::end);
    Runnable end = () -> {
      timeout.cancel();
      end();
    };
    Runnable afterLastCallback = () -> completions.whenIdle(() -> loop.post(end));
    if (!callbacks.add(afterLastCallback)) {
      afterLastCallback.run();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      waiting.endAll(completions, closed -> closed.complete(null));
      loop.end();
      release.run();
    }
  }
}

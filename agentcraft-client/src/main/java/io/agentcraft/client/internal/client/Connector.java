package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.publish.PublishEngine;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection for those who call {@code connect()} and for those who publish: what is published must arrive whether
 * or not anybody connected. Confined to the loop.
 */
final class Connector implements ConnectionFollower, PublishEngine.Connector {

  /** After the client gave up, publishing tries again, but not more often than this. */
  private static final long PUBLISH_RETRY_INTERVAL = Duration.ofSeconds(30).toNanos();

  private final Supplier<ConnectionState> state;
  private final Runnable connect;
  private final EventLoop loop;
  private final Executor completions;
  private final Waiters<ConnectionState> waiting = new Waiters<>();
  private @Nullable Long lastTry;

  /**
   * Creates a connector.
   *
   * @param state returns the present state of the connection
   * @param connect connects, if that makes sense now
   */
  Connector(
      Supplier<ConnectionState> state, Runnable connect, EventLoop loop, Executor completions) {
    this.state = state;
    this.connect = connect;
    this.loop = loop;
    this.completions = completions;
  }

  /** Connects for a caller, whose future completes once there is a connection. */
  void connect(CompletableFuture<ConnectionState> future) {
    waiting.add(future);
    connect.run();
    completeIfConnected();
  }

  @Override
  public @Nullable AgentCraftException connect() {
    ConnectionState now = state.get();
    boolean failed = now.status() == ConnectionStatus.FAILED;
    if (!failed && now.status() != ConnectionStatus.DISCONNECTED) {
      return null;
    }
    long time = loop.nanoTime();
    if (failed && lastTry != null && time - lastTry < PUBLISH_RETRY_INTERVAL) {
      DisconnectCause cause = Objects.requireNonNull(now.cause());
      return new ConnectionFailedException(
          "The update was not published because the client gave up connecting a moment ago: "
              + cause.description() + ". A later update tries again.",
          cause,
          null);
    }
    lastTry = time;
    connect.run();
    return null;
  }

  @Override
  public void onUp(Connection opened) {
    completeIfConnected();
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    waiting.endAll(completions, future -> future.completeExceptionally(error));
  }

  @Override
  public void onClosed(AgentCraftException error) {
    waiting.endAll(completions, future -> future.completeExceptionally(error));
  }

  private void completeIfConnected() {
    ConnectionState now = state.get();
    if (now.isConnected()) {
      waiting.endAll(completions, future -> future.complete(now));
    }
  }
}

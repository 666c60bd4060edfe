package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection for those who publish: what is published must arrive, whether or not anybody called {@code
 * connect()}. After the client gave up it is tried anew, but not more often than every 30 s. Confined to the loop.
 */
final class PublishConnector implements PublishEngine.Connector {

  private static final long REST = Duration.ofSeconds(30).toNanos();

  private final Scheduler scheduler;
  private final Supplier<ConnectionState> state;
  private final Runnable connect;
  private boolean tried;
  private long triedAt;

  PublishConnector(Scheduler scheduler, Supplier<ConnectionState> state, Runnable connect) {
    this.scheduler = scheduler;
    this.state = state;
    this.connect = connect;
  }

  @Override
  public @Nullable AgentCraftException connect() {
    ConnectionState now = state.get();
    boolean failed = now.status() == ConnectionStatus.FAILED;
    if (!failed && now.status() != ConnectionStatus.DISCONNECTED) {
      return null;
    }
    long time = scheduler.nanoTime();
    if (failed && tried && time - triedAt < REST) {
      DisconnectCause cause = Objects.requireNonNull(now.cause());
      return new ConnectionFailedException(
          "The update was not published because the client gave up connecting a moment ago: "
              + cause.description() + ". A later update tries again.",
          cause,
          null);
    }
    tried = true;
    triedAt = time;
    connect.run();
    return null;
  }
}

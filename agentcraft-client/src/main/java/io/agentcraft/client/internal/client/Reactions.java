package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.internal.connection.ConnectionObserver;
import io.agentcraft.client.internal.connection.Endpoint;
import io.agentcraft.client.internal.connection.InboundFrames;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What follows from the connection's changes. Confined to the loop, but for {@link #inbound}. */
final class Reactions implements ConnectionObserver {

  private final ClientParts parts;
  private final PublishEngine publishing;
  private final Registrations registrations;
  private final ConnectWaits connectWaits;
  private final CompletableFuture<Void> closed;
  private final ConnectionLog log = new ConnectionLog();
  private @Nullable Endpoint lastEndpoint;
  private @Nullable String countedClientId;
  private boolean ended;

  Reactions(
      ClientParts parts,
      PublishEngine publishing,
      Registrations registrations,
      ConnectWaits connectWaits,
      CompletableFuture<Void> closed) {
    this.parts = parts;
    this.publishing = publishing;
    this.registrations = registrations;
    this.connectWaits = connectWaits;
    this.closed = closed;
  }

  @Override
  public void onState(ConnectionState state, Endpoint endpoint) {
    lastEndpoint = endpoint;
    log.state(state, endpoint);
    count(state);
    if (state.status() == ConnectionStatus.CLOSED) {
      // CLOSED is the last that listeners hear, so what is held back goes before it.
      parts.callbacks.close();
      registrations.flush();
    }
    parts.delivery.state(state);
  }

  private void count(ConnectionState state) {
    DisconnectCause cause = state.cause();
    if (state.isConnected()) {
      parts.meter.tell(ClientMetrics::connected);
    } else if (cause != null && state.nextDelay() != null) {
      parts.meter.tell(metrics -> metrics.reconnecting(cause, state.attempt()));
    } else if (cause != null && state.status() == ConnectionStatus.FAILED) {
      parts.meter.tell(metrics -> metrics.gaveUp(cause));
    }
  }

  @Override
  public void onUp(Connection link, ConnectionState state) {
    if (!link.clientId().equals(countedClientId)) {
      parts.budget.startAnew();
      countedClientId = link.clientId();
    }
    parts.outbox.opened(link);
    parts.logStream.askAgain();
    parts.requests.askAgain();
    publishing.onUp(link);
    connectWaits.completeIfConnected(state);
  }

  @Override
  public void onDown() {
    parts.callbacks.sourceOver();
    parts.probe.forget();
    parts.outbox.lost();
    publishing.onDown();
  }

  @Override
  public void onGaveUp(DisconnectCause cause, int attempts, String reason) {
    AgentCraftException error = gaveUp(cause, reason);
    parts.requests.failAll(error);
    connectWaits.fail(error);
    publishing.onGaveUp(error);
  }

  private ConnectionFailedException gaveUp(DisconnectCause cause, String reason) {
    return GaveUp.because(cause, reason, lastEndpoint);
  }

  @Override
  public void onClosed() {
    AgentCraftException error = new ClientClosedException("What was asked for was not done");
    parts.requests.failAll(error);
    connectWaits.fail(error);
    // The last callbacks, or what depends on a future, may be stuck: closing does not wait for ever.
    Scheduler.Timer patience =
        parts.scheduler.schedule(parts.config.timings().close(), this::end);
    Runnable last = () -> {
      patience.cancel();
      end();
    };
    Runnable lastCallback = () -> parts.completions.whenIdle(() -> postOrRun(last));
    if (!parts.callbacks.add(() -> postOrRun(lastCallback))) {
      lastCallback.run();
    }
  }

  private void postOrRun(Runnable task) {
    if (!parts.post(task)) {
      task.run();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      parts.completions.execute(() -> closed.complete(null));
      parts.release();
    }
  }

  @Override
  public void onProbeDue() {
    parts.outbox.sendAtOnce(parts.probe.ask());
  }

  @Override
  public InboundFrames inbound(Connection link, Runnable onFirstMessage) {
    return new InboundFrameHandler(
        link, parts.codec, parts.delivery, new Needs(parts, publishing, onFirstMessage));
  }
}

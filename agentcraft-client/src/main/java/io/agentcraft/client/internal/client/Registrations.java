package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.internal.inbound.MessageTypes;
import io.agentcraft.client.internal.inbound.BatchingListener;
import io.agentcraft.client.internal.inbound.ThrottledStatusListener;
import io.agentcraft.client.internal.inbound.MessagePublisher;
import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.BatchListener;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.ConnectionListener;
import io.agentcraft.client.listener.ErrorListener;
import io.agentcraft.client.listener.LogLineListener;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.listener.UnknownMessageListener;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.TrackingBoard;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who listens to what: typed listeners, wrappers and the board, all as consumers of messages. */
public final class Registrations {

  private final MessageDispatcher delivery;
  private final Scheduler scheduler;
  private final Supplier<ConnectionState> state;
  private final Executor inTurn;
  private final Set<Runnable> holding = new CopyOnWriteArraySet<>();
  private @Nullable TrackingBoard board;

  Registrations(MessageDispatcher delivery, Scheduler scheduler, Supplier<ConnectionState> state) {
    this.state = state;
    this.delivery = delivery;
    this.scheduler = scheduler;
    this.inTurn = callback -> delivery.run("a throttled or batched listener", callback);
  }

  public Subscription onMessage(ServerMessageListener listener) {
    return delivery.addForEverything(Objects.requireNonNull(listener, "listener"));
  }

  /** Registers a consumer of one record type, whose messages have these wire types. */
  public <M extends ServerMessage> Subscription on(
      Collection<String> types, Class<M> type, Consumer<M> listener) {
    Objects.requireNonNull(listener, "listener");
    return delivery.add(types, message -> listener.accept(type.cast(message)));
  }

  public Subscription onUnknownMessage(UnknownMessageListener listener) {
    Objects.requireNonNull(listener, "listener");
    return delivery.addForUnknown(message -> listener.onUnknownMessage((UnknownMessage) message));
  }

  public Subscription onLogLine(LogLineListener listener) {
    Objects.requireNonNull(listener, "listener");
    return delivery.add(MessageTypes.LOG_LINES, message -> {
      if (message instanceof CrewAiLog log) {
        listener.onLogLine(LogLine.of(log));
      } else if (message instanceof SessionLogs logs) {
        for (LogEntry entry : logs.logs()) {
          listener.onLogLine(LogLine.of(logs, entry));
        }
      }
    });
  }

  public Subscription onConnectionState(ConnectionListener listener) {
    return delivery.addForStates(Objects.requireNonNull(listener, "listener"));
  }

  public Subscription onError(ErrorListener listener) {
    return delivery.addForErrors(Objects.requireNonNull(listener, "listener"));
  }

  public Subscription onAgentStatus(Throttle throttle, AgentStatusListener listener) {
    Objects.requireNonNull(listener, "listener");
    ThrottledStatusListener throttled =
        new ThrottledStatusListener(throttle, scheduler, inTurn, listener);
    Subscription source =
        on(List.of(AgentStatusUpdate.TYPE), AgentStatusUpdate.class, throttled::onAgentStatus);
    return holding(source, () -> throttled.close(true));
  }

  public Subscription onBatch(Batching batching, BatchListener listener) {
    Objects.requireNonNull(listener, "listener");
    BatchingListener batched = new BatchingListener(batching, scheduler, inTurn, listener);
    return holding(delivery.addForEverything(batched), () -> batched.close(true));
  }

  /** Returns a publisher of the messages of one record type, of all messages, or of those of unknown types. */
  public <M extends ServerMessage> Flow.Publisher<M> messages(
      Class<M> type, int buffer, OverflowStrategy overflow) {
    OptionChecks.atLeastOne("buffer", buffer);
    return new MessagePublisher<>(
        (onMessage, onEnd) -> {
          Subscription messages = subscribe(type, onMessage);
          Subscription states = delivery.addForStates(changed -> endIfClosed(changed, onEnd));
          endIfClosed(state.get(), onEnd);
          return () -> {
            messages.close();
            states.close();
          };
        },
        delivery.turns(),
        buffer,
        Objects.requireNonNull(overflow, "overflow"));
  }

  private <M extends ServerMessage> Subscription subscribe(Class<M> type, Consumer<M> onMessage) {
    Set<String> types = MessageTypes.of(type);
    if (types != null) {
      return on(types, type, onMessage);
    }
    ServerMessageListener listener = message -> onMessage.accept(type.cast(message));
    return type.equals(UnknownMessage.class)
        ? delivery.addForUnknown(listener)
        : delivery.addForEverything(listener);
  }

  private static void endIfClosed(ConnectionState state, Runnable onEnd) {
    if (state.status() == ConnectionStatus.CLOSED) {
      onEnd.run();
    }
  }

  public synchronized TrackingBoard board() {
    if (board == null) {
      TrackingBoard made = TrackingBoard.create(scheduler::now);
      delivery.addForEverything(made::accept);
      delivery.addForStates(made::accept);
      // A board attached late is told where the connection stands: it hears only of changes. Once
      // more in turn, since a change that comes in between may have been overtaken.
      made.accept(state.get());
      delivery.run("the board", () -> made.accept(state.get()));
      board = made;
    }
    return board;
  }

  /**
   * Hands on what throttles and batches hold back, after the messages that are queued already: the last update always
   * comes. So their sources stay registered.
   */
  void flush() {
    holding.forEach(this::flush);
  }

  private Subscription holding(Subscription source, Runnable flush) {
    holding.add(flush);
    return () -> {
      source.close();
      flush(flush);
    };
  }

  private void flush(Runnable flush) {
    if (holding.remove(flush)) {
      flush.run();
    }
  }
}

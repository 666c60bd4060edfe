package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.internal.inbound.BatchingListener;
import io.agentcraft.client.internal.inbound.ListenerRegistry;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.internal.inbound.MessageStream;
import io.agentcraft.client.internal.inbound.ThrottledStatusListener;
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
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.TrackingBoard;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the caller may register: typed listeners, throttled and batched ones, streams and the board, all of them listeners of
 * the {@link MessageDispatcher}.
 */
public final class Registrations {

  private final MessageDispatcher dispatcher;
  private final ListenerRegistry listeners;
  private final Scheduler scheduler;
  private final Supplier<ConnectionState> state;
  private final Set<Runnable> flushes = new CopyOnWriteArraySet<>();
  private @Nullable TrackingBoard board;

  Registrations(
      MessageDispatcher dispatcher, Scheduler scheduler, Supplier<ConnectionState> state) {
    this.dispatcher = dispatcher;
    this.listeners = dispatcher.listeners();
    this.scheduler = scheduler;
    this.state = state;
  }

  public Subscription onMessage(ServerMessageListener listener) {
    return listeners.addForEverything(Objects.requireNonNull(listener, "listener"));
  }

  /** Registers a listener to one type of messages. */
  public <M extends ServerMessage, L> Subscription on(MessageType<M, L> type, L listener) {
    return add(type, type.adapt(listener));
  }

  private Subscription add(MessageType<?, ?> type, ServerMessageListener listener) {
    return type == MessageType.UNKNOWN
        ? listeners.addForUnknown(listener)
        : listeners.add(type.wireNames(), listener);
  }

  public Subscription onLogLine(LogLineListener listener) {
    Objects.requireNonNull(listener, "listener");
    return listeners.add(Set.of(SessionLogs.TYPE, CrewAiLog.TYPE), message -> {
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
    return listeners.addForStates(Objects.requireNonNull(listener, "listener"));
  }

  public Subscription onError(ErrorListener listener) {
    return listeners.addForErrors(Objects.requireNonNull(listener, "listener"));
  }

  public Subscription onAgentStatus(Throttle throttle, AgentStatusListener listener) {
    Objects.requireNonNull(listener, "listener");
    ThrottledStatusListener throttled =
        new ThrottledStatusListener(throttle, scheduler, callbacks(listener), listener);
    Subscription source = on(MessageType.AGENT_STATUS, throttled);
    return flushedAtEnd(source, () -> throttled.close(true));
  }

  public Subscription onBatch(Batching batching, BatchListener listener) {
    Objects.requireNonNull(listener, "listener");
    BatchingListener batched = new BatchingListener(batching, scheduler, callbacks(listener), listener);
    return flushedAtEnd(listeners.addForEverything(batched), () -> batched.close(true));
  }

  private Executor callbacks(Object listener) {
    return callback -> dispatcher.run("a throttled or batched listener", listener, callback);
  }

  /** Returns a stream of the messages of one record type, of all messages, or of those of unknown types. */
  public <M extends ServerMessage> Flow.Publisher<M> stream(
      Class<M> type, int buffer, OverflowStrategy overflow) {
    OptionChecks.atLeastOne("buffer", buffer);
    return new MessageStream<>(
        (onMessage, onEnd) -> {
          Subscription messages = subscribe(type, onMessage);
          Subscription states = listeners.addForStates(changed -> endIfClosed(changed, onEnd));
          endIfClosed(state.get(), onEnd);
          return () -> {
            messages.close();
            states.close();
          };
        },
        dispatcher,
        buffer,
        Objects.requireNonNull(overflow, "overflow"));
  }

  private <M extends ServerMessage> Subscription subscribe(Class<M> type, Consumer<M> onMessage) {
    ServerMessageListener listener = message -> onMessage.accept(type.cast(message));
    MessageType<?, ?> known = MessageType.of(type);
    return known == null ? listeners.addForEverything(listener) : add(known, listener);
  }

  private static void endIfClosed(ConnectionState state, Runnable onEnd) {
    if (state.status() == ConnectionStatus.CLOSED) {
      onEnd.run();
    }
  }

  public synchronized TrackingBoard board() {
    if (board == null) {
      TrackingBoard created = TrackingBoard.create(scheduler::now);
      listeners.addForEverything(created::accept);
      listeners.addForStates(created::accept);
      // Listeners receive changes only, so a board attached late is given the present state. Once
      // more in
      // order with the callbacks, since it may have overtaken a change that came in between.
      created.accept(state.get());
      dispatcher.run("the board", created, () -> created.accept(state.get()));
      board = created;
    }
    return board;
  }

  /**
   * Delivers what throttles and batches hold back, after the messages that are buffered already: the last update is always
   * delivered. Their sources stay registered for those.
   */
  void flush() {
    flushes.forEach(this::flush);
  }

  private Subscription flushedAtEnd(Subscription source, Runnable flush) {
    flushes.add(flush);
    return () -> {
      source.close();
      flush(flush);
    };
  }

  private void flush(Runnable flush) {
    if (flushes.remove(flush)) {
      flush.run();
    }
  }
}

package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.internal.codec.RepeatedLines;
import io.agentcraft.client.internal.inbound.BatchingListener;
import io.agentcraft.client.internal.inbound.ListenerRegistry;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.internal.inbound.MessageStream;
import io.agentcraft.client.internal.inbound.StaleWatch;
import io.agentcraft.client.internal.inbound.ThrottledListener;
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
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.TrackingBoard;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the caller may register: typed listeners, throttled and batched ones, streams and the board, all of them listeners of
 * the {@link MessageDispatcher}; and listeners of changes, all of them of the board.
 */
public final class Registrations {

  private final MessageDispatcher dispatcher;
  private final ListenerRegistry listeners;
  private final Scheduler scheduler;
  private final Supplier<ConnectionState> state;
  private final @Nullable Duration staleAfter;
  private final Set<Runnable> flushes = new CopyOnWriteArraySet<>();
  private @Nullable TrackingBoard board;

  Registrations(
      MessageDispatcher dispatcher,
      Scheduler scheduler,
      Supplier<ConnectionState> state,
      @Nullable Duration staleAfter) {
    this.dispatcher = dispatcher;
    this.listeners = dispatcher.listeners();
    this.scheduler = scheduler;
    this.state = state;
    this.staleAfter = staleAfter;
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
    RepeatedLines repeated = new RepeatedLines();
    return listeners.add(Set.of(SessionLogs.TYPE, CrewAiLog.TYPE), message -> {
      if (message instanceof CrewAiLog log) {
        if (!repeated.isRepeated(log)) {
          listener.onLogLine(LogLine.of(log));
        }
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
    return throttled(
        listener,
        throttle,
        new LatestStatus(),
        listener::onAgentStatus,
        throttled -> on(MessageType.AGENT_STATUS, throttled::accept));
  }

  public Subscription onBatch(Batching batching, BatchListener listener) {
    Objects.requireNonNull(listener, "listener");
    return this.<ServerMessage>batched(
        listener,
        batching,
        MessageSize::of,
        listener::onBatch,
        batched -> listeners.addForEverything(batched::accept));
  }

  public Subscription onAgentChange(AgentChange.Listener listener) {
    Objects.requireNonNull(listener, "listener");
    return board()
        .onAgentChange(change -> dispatcher.call(
            "a change of an agent", listener, () -> listener.onAgentChange(change)));
  }

  public Subscription onAgentChange(Throttle throttle, AgentChange.Listener listener) {
    Objects.requireNonNull(listener, "listener");
    return throttled(
        listener,
        throttle,
        new CombinedChanges(),
        listener::onAgentChange,
        throttled -> onAgentChange(throttled::accept));
  }

  public Subscription onAgentChanges(Batching batching, Consumer<List<AgentChange>> listener) {
    return batched(
        Objects.requireNonNull(listener, "listener"),
        batching,
        MessageSize.ofChanges(AgentChange::cause),
        listener,
        batched -> onAgentChange(batched::accept));
  }

  public Subscription onSessionChange(SessionChange.Listener listener) {
    Objects.requireNonNull(listener, "listener");
    return board()
        .onSessionChange(change -> dispatcher.call(
            "a change of a session", listener, () -> listener.onSessionChange(change)));
  }

  public Subscription onSessionChanges(Batching batching, Consumer<List<SessionChange>> listener) {
    return batched(
        Objects.requireNonNull(listener, "listener"),
        batching,
        MessageSize.ofChanges(SessionChange::cause),
        listener,
        batched -> onSessionChange(batched::accept));
  }

  private <T> Subscription throttled(
      Object named,
      Throttle throttle,
      ThrottledListener.Conflation<T> conflation,
      Consumer<T> listener,
      Function<Consumer<T>, Subscription> register) {
    ThrottledListener<T> throttled =
        new ThrottledListener<>(throttle, conflation, scheduler, callbacks(named), listener);
    return flushedAtEnd(register.apply(throttled), throttled::close);
  }

  private <T> Subscription batched(
      Object named,
      Batching batching,
      ToLongFunction<T> size,
      Consumer<List<T>> listener,
      Function<Consumer<T>, Subscription> register) {
    BatchingListener<T> batched =
        new BatchingListener<>(batching, size, scheduler, callbacks(named), listener);
    return flushedAtEnd(register.apply(batched), batched::close);
  }

  /** Of the statuses of an agent, the latest counts. */
  private static final class LatestStatus
      implements ThrottledListener.Conflation<AgentStatusUpdate> {

    @Override
    public Object key(AgentStatusUpdate update) {
      return update.agentId();
    }

    @Override
    public AgentStatusUpdate combine(AgentStatusUpdate held, AgentStatusUpdate newer) {
      return newer;
    }

    @Override
    public long size(AgentStatusUpdate update) {
      return MessageSize.of(update);
    }

    @Override
    public boolean isUrgent(AgentStatusUpdate update) {
      return false;
    }
  }

  /** Changes of an agent add up; its end, and its move into a session, are changes of their own. */
  private static final class CombinedChanges implements ThrottledListener.Conflation<AgentChange> {

    @Override
    public Object key(AgentChange change) {
      return keyOf(change.before() != null ? change.before() : change.now());
    }

    @Override
    public @Nullable AgentChange combine(AgentChange held, AgentChange newer) {
      return held.then(newer);
    }

    @Override
    public long size(AgentChange change) {
      return change.cause() == null ? 0 : MessageSize.of(change.cause());
    }

    @Override
    public boolean isUrgent(AgentChange change) {
      return change.isEnd() || !key(change).equals(keyOf(change.now()));
    }

    private static Object keyOf(AgentView agent) {
      return List.of(
          agent.sessionId() == null ? "" : agent.sessionId(),
          agent.id().isEmpty() ? agent.name() : agent.id());
    }
  }

  private Executor callbacks(Object listener) {
    return callback -> dispatcher.run("a throttled or batched listener", listener, callback);
  }

  /** Returns a stream of the messages of one record type, of all messages, or of those of unknown types. */
  public <M extends ServerMessage> Flow.Publisher<M> stream(
      Class<M> type, int buffer, OverflowStrategy overflow) {
    return stream(onMessage -> subscribe(type, onMessage), () -> MessageSize::of, buffer, overflow);
  }

  public Flow.Publisher<AgentChange> agentChanges(int buffer, OverflowStrategy overflow) {
    return stream(
        onChange -> onAgentChange(onChange::accept),
        () -> MessageSize.ofChanges(AgentChange::cause),
        buffer,
        overflow);
  }

  public Flow.Publisher<SessionChange> sessionChanges(int buffer, OverflowStrategy overflow) {
    return stream(
        onChange -> onSessionChange(onChange::accept),
        () -> MessageSize.ofChanges(SessionChange::cause),
        buffer,
        overflow);
  }

  private <T> Flow.Publisher<T> stream(
      Function<Consumer<T>, Subscription> register,
      Supplier<ToLongFunction<? super T>> sizes,
      int buffer,
      OverflowStrategy overflow) {
    OptionChecks.atLeastOne("buffer", buffer);
    return new MessageStream<>(
        (onMessage, onEnd) -> {
          Subscription messages = register.apply(onMessage);
          Subscription states = listeners.addForStates(changed -> endIfClosed(changed, onEnd));
          endIfClosed(state.get(), onEnd);
          return () -> {
            messages.close();
            states.close();
          };
        },
        dispatcher,
        sizes,
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
      TrackingBoard.Builder options = TrackingBoard.builder().clock(scheduler::now);
      TrackingBoard created =
          (staleAfter == null ? options : options.staleAfter(staleAfter)).build();
      listeners.addForEverything(created::accept);
      listeners.addForStates(created::accept);
      if (staleAfter != null) {
        StaleWatch watch = new StaleWatch(created, scheduler, callbacks(created));
        listeners.addForEverything(watch);
        flushes.add(watch::close);
      }
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

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.listener.ActiveSessionsListener;
import io.agentcraft.client.listener.AgentCollaborationListener;
import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.CrewAiLogListener;
import io.agentcraft.client.listener.LogStreamingStartedListener;
import io.agentcraft.client.listener.LogStreamingStoppedListener;
import io.agentcraft.client.listener.PingListener;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.SessionEventListener;
import io.agentcraft.client.listener.SessionLogsListener;
import io.agentcraft.client.listener.SessionNotFoundListener;
import io.agentcraft.client.listener.SessionStateListener;
import io.agentcraft.client.listener.UnknownMessageListener;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of message types. A row holds the wire name, the record, the codec, and for messages of servers the
 * listener method; everything that needs to know all types looks them up here.
 *
 * @param <M> the record
 * @param <L> the listener interface; {@link Void} for messages that only clients send
 */
public final class MessageType<M extends WireMessage, L> {

  /** Reads and writes the fields of a frame, except its type. */
  interface Codec<M extends WireMessage> {

    M read(FrameReader in) throws IOException;

    void write(M message, FrameWriter out) throws IOException;
  }

  private static final Map<Class<?>, MessageType<?, ?>> BY_RECORD = new HashMap<>();

  /** The messages of types that are not in the table. */
  public static final MessageType<UnknownMessage, UnknownMessageListener> UNKNOWN =
      new MessageType<>(
          Set.of(),
          UnknownMessage.class,
          new ConnectionCodecs.Unknown(),
          UnknownMessageListener::onUnknownMessage);

  /** The types that servers send. */
  public static final Direction<ServerMessage> FROM_SERVER = new Direction<>(UNKNOWN);

  /** The types that clients send. */
  public static final Direction<ClientMessage> FROM_CLIENT = new Direction<>(UNKNOWN);

  public static final MessageType<AgentStatusUpdate, AgentStatusListener> AGENT_STATUS = both(
      AgentStatusUpdate.TYPE,
      AgentStatusUpdate.class,
      new AgentCodecs.Status(),
      AgentStatusListener::onAgentStatus);

  public static final MessageType<AgentCollaboration, AgentCollaborationListener>
      AGENT_COLLABORATION = server(
          AgentCollaboration.TYPE,
          AgentCollaboration.class,
          new AgentCodecs.Collaboration(),
          AgentCollaborationListener::onAgentCollaboration);

  public static final MessageType<ActiveSessions, ActiveSessionsListener> ACTIVE_SESSIONS = server(
      ActiveSessions.TYPE,
      ActiveSessions.class,
      new SessionCodecs.Active(),
      ActiveSessionsListener::onActiveSessions);

  public static final MessageType<SessionState, SessionStateListener> SESSION_STATE = server(
      SessionState.TYPE,
      SessionState.class,
      new SessionCodecs.State(),
      SessionStateListener::onSessionState);

  public static final MessageType<SessionNotFound, SessionNotFoundListener> SESSION_NOT_FOUND =
      server(
          SessionNotFound.TYPE,
          SessionNotFound.class,
          new SessionCodecs.NotFound(),
          SessionNotFoundListener::onSessionNotFound);

  public static final MessageType<SessionEvent, SessionEventListener> SESSION_EVENT = server(
      SessionCodecs.Event.KINDS.keySet(),
      SessionEvent.class,
      new SessionCodecs.Event(),
      SessionEventListener::onSessionEvent);

  public static final MessageType<SessionLogs, SessionLogsListener> SESSION_LOGS = server(
      SessionLogs.TYPE,
      SessionLogs.class,
      new LogCodecs.Logs(),
      SessionLogsListener::onSessionLogs);

  public static final MessageType<CrewAiLog, CrewAiLogListener> CREWAI_LOG = server(
      CrewAiLog.TYPE, CrewAiLog.class, new LogCodecs.CrewAi(), CrewAiLogListener::onCrewAiLog);

  public static final MessageType<LogStreamingStarted, LogStreamingStartedListener>
      LOG_STREAMING_STARTED = server(
          LogStreamingStarted.TYPE,
          LogStreamingStarted.class,
          new LogCodecs.StreamingStarted(),
          LogStreamingStartedListener::onLogStreamingStarted);

  public static final MessageType<LogStreamingStopped, LogStreamingStoppedListener>
      LOG_STREAMING_STOPPED = server(
          LogStreamingStopped.TYPE,
          LogStreamingStopped.class,
          new LogCodecs.StreamingStopped(),
          LogStreamingStoppedListener::onLogStreamingStopped);

  public static final MessageType<Ping, PingListener> PING =
      server(Ping.TYPE, Ping.class, new ConnectionCodecs.PingCodec(), PingListener::onPing);

  public static final MessageType<GetSessionState, Void> GET_SESSION_STATE = client(
      GetSessionState.TYPE,
      GetSessionState.class,
      new SessionCodecs.Request<>(GetSessionState::new, GetSessionState::sessionId));

  public static final MessageType<GetSessionLogs, Void> GET_SESSION_LOGS = client(
      GetSessionLogs.TYPE,
      GetSessionLogs.class,
      new SessionCodecs.Request<>(GetSessionLogs::new, GetSessionLogs::sessionId));

  public static final MessageType<StartLogStreaming, Void> START_LOG_STREAMING = client(
      StartLogStreaming.TYPE,
      StartLogStreaming.class,
      new SessionCodecs.Request<>(StartLogStreaming::new, StartLogStreaming::sessionId));

  public static final MessageType<StopLogStreaming, Void> STOP_LOG_STREAMING = client(
      StopLogStreaming.TYPE,
      StopLogStreaming.class,
      new ConnectionCodecs.Bare<>(new StopLogStreaming()));

  public static final MessageType<Pong, Void> PONG =
      client(Pong.TYPE, Pong.class, new ConnectionCodecs.Bare<>(new Pong()));

  private final Set<String> wireNames;
  private final Class<M> record;
  private final Codec<M> codec;
  private final @Nullable BiConsumer<L, M> listenerMethod;

  private MessageType(
      Set<String> wireNames,
      Class<M> record,
      Codec<M> codec,
      @Nullable BiConsumer<L, M> listenerMethod) {
    this.wireNames = wireNames;
    this.record = record;
    this.codec = codec;
    this.listenerMethod = listenerMethod;
    BY_RECORD.put(record, this);
  }

  private static <M extends ServerMessage, L> MessageType<M, L> server(
      String wireName, Class<M> record, Codec<M> codec, BiConsumer<L, M> listenerMethod) {
    return server(Set.of(wireName), record, codec, listenerMethod);
  }

  private static <M extends ServerMessage, L> MessageType<M, L> server(
      Set<String> wireNames, Class<M> record, Codec<M> codec, BiConsumer<L, M> listenerMethod) {
    return FROM_SERVER.add(new MessageType<>(wireNames, record, codec, listenerMethod));
  }

  private static <M extends ClientMessage> MessageType<M, Void> client(
      String wireName, Class<M> record, Codec<M> codec) {
    return FROM_CLIENT.add(new MessageType<>(Set.of(wireName), record, codec, null));
  }

  private static <M extends ServerMessage & ClientMessage, L> MessageType<M, L> both(
      String wireName, Class<M> record, Codec<M> codec, BiConsumer<L, M> listenerMethod) {
    return FROM_CLIENT.add(server(wireName, record, codec, listenerMethod));
  }

  /** Returns the type of a record; {@code null} for any other class. */
  public static @Nullable MessageType<?, ?> of(Class<?> record) {
    return BY_RECORD.get(record);
  }

  /** Returns the values of the frame's {@code type} that have this record; none for {@link #UNKNOWN}. */
  public Set<String> wireNames() {
    return wireNames;
  }

  /** Returns a listener to messages of this type that calls the given one. */
  public ServerMessageListener adapt(L listener) {
    Objects.requireNonNull(listener, "listener");
    BiConsumer<L, M> method = Objects.requireNonNull(listenerMethod, "listenerMethod");
    return message -> method.accept(listener, record.cast(message));
  }

  M read(FrameReader in) throws IOException {
    return codec.read(in);
  }

  /** Writes all fields of a message but its type. */
  static void write(WireMessage message, FrameWriter out) throws IOException {
    Objects.requireNonNull(BY_RECORD.get(message.getClass())).writeFields(message, out);
  }

  private void writeFields(WireMessage message, FrameWriter out) throws IOException {
    codec.write(record.cast(message), out);
  }

  /**
   * The types that one side sends, by wire name.
   *
   * @param <D> the messages of that side
   */
  public static final class Direction<D extends WireMessage> {

    private final Map<String, MessageType<? extends D, ?>> byWireName = new HashMap<>();
    private final MessageType<? extends D, ?> unknown;

    private Direction(MessageType<? extends D, ?> unknown) {
      this.unknown = unknown;
    }

    private <M extends D, L> MessageType<M, L> add(MessageType<M, L> type) {
      type.wireNames.forEach(name -> byWireName.put(name, type));
      return type;
    }

    /** Returns whether the table has a type of this wire name. */
    public boolean isKnown(String wireName) {
      return byWireName.containsKey(wireName);
    }

    /** Returns the wire name if it is known, and the other name if it is not. */
    public String knownOr(String wireName, String other) {
      return isKnown(wireName) ? wireName : other;
    }

    /** Returns the type of a wire name; {@link MessageType#UNKNOWN} if there is none. */
    MessageType<? extends D, ?> find(String wireName) {
      return byWireName.getOrDefault(wireName, unknown);
    }
  }
}

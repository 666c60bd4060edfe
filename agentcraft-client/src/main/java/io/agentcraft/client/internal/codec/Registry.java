package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.GetSessionLogs;
import io.agentcraft.client.message.GetSessionState;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.Pong;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.StartLogStreaming;
import io.agentcraft.client.message.StopLogStreaming;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.util.HashMap;
import java.util.Map;

/** The codecs by the {@code type} of the frame, for one direction. */
public final class Registry<M extends WireMessage> {

  private static final UnknownCodec UNKNOWN = new UnknownCodec();

  /** What servers send. */
  public static final Registry<ServerMessage> SERVER = new Registry<>(server(), UNKNOWN);

  /** What clients send. */
  public static final Registry<ClientMessage> CLIENT = new Registry<>(client(), UNKNOWN);

  private final Map<String, TypeCodec<? extends M>> byType;
  private final TypeCodec<? extends M> unknown;

  private Registry(Map<String, TypeCodec<? extends M>> byType, TypeCodec<? extends M> unknown) {
    this.byType = Map.copyOf(byType);
    this.unknown = unknown;
  }

  /** The codec of a type; the one of {@link UnknownMessage} for a type not known. */
  TypeCodec<? extends M> forType(String type) {
    TypeCodec<? extends M> codec = byType.get(type);
    return codec != null ? codec : unknown;
  }

  boolean isKnown(String type) {
    return byType.containsKey(type);
  }

  /** The codec that writes a message of a known type. */
  static TypeCodec<?> codecOf(WireMessage message) {
    return message instanceof ServerMessage
        ? SERVER.forType(message.type())
        : CLIENT.forType(message.type());
  }

  private static Map<String, TypeCodec<? extends ServerMessage>> server() {
    Map<String, TypeCodec<? extends ServerMessage>> codecs = new HashMap<>();
    codecs.put(ActiveSessions.TYPE, new ActiveSessionsCodec());
    codecs.put(AgentStatusUpdate.TYPE, new AgentStatusCodec());
    codecs.put(AgentCollaboration.TYPE, new AgentCollaborationCodec());
    codecs.put(SessionState.TYPE, new SessionStateCodec());
    codecs.put(SessionLogs.TYPE, new SessionLogsCodec());
    codecs.put(SessionNotFound.TYPE, new SessionNotFoundCodec());
    codecs.put(LogStreamingStarted.TYPE, new LogStreamingStartedCodec());
    codecs.put(LogStreamingStopped.TYPE, new LogStreamingStoppedCodec());
    codecs.put(CrewAiLog.TYPE, new CrewAiLogCodec());
    codecs.put(Ping.TYPE, new PingCodec());
    for (SessionEventKind kind : SessionEventKind.values()) {
      codecs.put(kind.wireName(), new SessionEventCodec(kind));
    }
    return codecs;
  }

  private static Map<String, TypeCodec<? extends ClientMessage>> client() {
    Map<String, TypeCodec<? extends ClientMessage>> codecs = new HashMap<>();
    codecs.put(AgentStatusUpdate.TYPE, new AgentStatusCodec());
    codecs.put(
        GetSessionLogs.TYPE,
        new SessionRequestCodec<>(
            GetSessionLogs.class, GetSessionLogs::new, GetSessionLogs::sessionId));
    codecs.put(
        GetSessionState.TYPE,
        new SessionRequestCodec<>(
            GetSessionState.class, GetSessionState::new, GetSessionState::sessionId));
    codecs.put(
        StartLogStreaming.TYPE,
        new SessionRequestCodec<>(
            StartLogStreaming.class, StartLogStreaming::new, StartLogStreaming::sessionId));
    codecs.put(
        StopLogStreaming.TYPE, new BareCodec<>(StopLogStreaming.class, new StopLogStreaming()));
    codecs.put(Pong.TYPE, new BareCodec<>(Pong.class, new Pong()));
    return codecs;
  }
}

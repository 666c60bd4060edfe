package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form of the protocol: which messages a server sends for what. */
public interface Form {

  /**
   * A message and its receivers.
   *
   * @param streamOf only clients that stream this session's log; null for every client
   */
  record Outbound(ServerMessage message, @Nullable String streamOf) {

    static Outbound toEveryone(ServerMessage message) {
      return new Outbound(message, null);
    }

    static Outbound toStreamersOf(String sessionId, ServerMessage message) {
      return new Outbound(message, sessionId);
    }
  }

  /** How many of the newest log entries an answer has. */
  int LOG_LIMIT = 50;

  /** Returns what is sent for a change. */
  List<Outbound> announce(SessionChange change);

  ActiveSessions activeSessions(List<Session> sessions);

  /**
   * Returns what identifies the state of a session in {@link #activeSessions}: when it changes, the list is sent again. It
   * leaves out the progress, or every status would cause the whole list to be sent.
   */
  Object listed(Session session);

  Ping ping();

  /** Returns the answer to {@code get_session_state}; empty for none. */
  List<ServerMessage> state(String sessionId, @Nullable Session session);

  SessionLogs logs(String sessionId, @Nullable Session session);

  List<ServerMessage> streamingStarted(String sessionId);

  List<ServerMessage> streamingStopped();

  /** Returns what is sent for a frame of an unknown type. */
  List<Outbound> unknownType(String clientId, String type);

  static <T> List<T> newest(List<T> entries) {
    return entries.subList(Math.max(0, entries.size() - LOG_LIMIT), entries.size());
  }
}

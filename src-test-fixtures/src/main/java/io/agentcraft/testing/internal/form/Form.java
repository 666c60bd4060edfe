package io.agentcraft.testing.internal.form;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.testing.internal.session.Session;
import io.agentcraft.testing.internal.session.SessionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to speak the protocol: which messages tell of what. Decides nothing else. */
public interface Form {

  /** How many of the newest log entries an answer holds. */
  int LOG_LIMIT = 50;

  /** What clients are told of a change. */
  List<Outbound> announce(SessionChange change);

  ActiveSessions activeSessions(List<Session> sessions);

  /**
   * What a client would notice of a session in {@link #activeSessions}: when it changes, everyone is told anew. The
   * progress isn't part of it, or every status would bring the whole list.
   */
  Object listed(Session session);

  Ping ping();

  /** The answer to {@code get_session_state}; empty: none at all. */
  List<ServerMessage> state(String sessionId, @Nullable Session session);

  SessionLogs logs(String sessionId, @Nullable Session session);

  List<ServerMessage> streamingStarted(String sessionId);

  List<ServerMessage> streamingStopped();

  /** What everyone hears of a frame whose type the server doesn't know. */
  List<Outbound> unknownType(String clientId, String type);

  static <T> List<T> newest(List<T> entries) {
    return entries.subList(Math.max(0, entries.size() - LOG_LIMIT), entries.size());
  }
}

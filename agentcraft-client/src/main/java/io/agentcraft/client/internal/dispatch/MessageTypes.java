package io.agentcraft.client.internal.dispatch;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of server messages that have a record. */
public final class MessageTypes {

  /** The six types that arrive as one record. */
  public static final Set<String> SESSION_EVENTS = Stream.of(SessionEventKind.values())
      .map(SessionEventKind::wireName)
      .collect(Collectors.toUnmodifiableSet());

  /** The types whose messages bring log lines. */
  public static final Set<String> LOG_LINES = Set.of(SessionLogs.TYPE, CrewAiLog.TYPE);

  private static final Set<String> KNOWN = Stream.concat(
          SESSION_EVENTS.stream(),
          Stream.of(
              ActiveSessions.TYPE,
              AgentStatusUpdate.TYPE,
              AgentCollaboration.TYPE,
              SessionState.TYPE,
              SessionLogs.TYPE,
              SessionNotFound.TYPE,
              CrewAiLog.TYPE,
              LogStreamingStarted.TYPE,
              LogStreamingStopped.TYPE,
              Ping.TYPE))
      .collect(Collectors.toUnmodifiableSet());

  private MessageTypes() {}

  static boolean isKnown(String type) {
    return KNOWN.contains(type);
  }
}

package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.metrics.ClientMetrics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of server messages that have a record. */
public final class MessageTypes {

  /** The six types that arrive as one record. */
  public static final Set<String> SESSION_EVENTS = Stream.of(SessionEventKind.values())
      .map(SessionEventKind::wireName)
      .collect(Collectors.toUnmodifiableSet());

  /** The types whose messages bring log lines. */
  public static final Set<String> LOG_LINES = Set.of(SessionLogs.TYPE, CrewAiLog.TYPE);

  private static final Map<Class<?>, Set<String>> BY_RECORD = Map.ofEntries(
      Map.entry(ActiveSessions.class, Set.of(ActiveSessions.TYPE)),
      Map.entry(AgentStatusUpdate.class, Set.of(AgentStatusUpdate.TYPE)),
      Map.entry(AgentCollaboration.class, Set.of(AgentCollaboration.TYPE)),
      Map.entry(SessionState.class, Set.of(SessionState.TYPE)),
      Map.entry(SessionLogs.class, Set.of(SessionLogs.TYPE)),
      Map.entry(SessionNotFound.class, Set.of(SessionNotFound.TYPE)),
      Map.entry(SessionEvent.class, SESSION_EVENTS),
      Map.entry(CrewAiLog.class, Set.of(CrewAiLog.TYPE)),
      Map.entry(LogStreamingStarted.class, Set.of(LogStreamingStarted.TYPE)),
      Map.entry(LogStreamingStopped.class, Set.of(LogStreamingStopped.TYPE)),
      Map.entry(Ping.class, Set.of(Ping.TYPE)));

  private static final Set<String> KNOWN =
      BY_RECORD.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

  private MessageTypes() {}

  /** Returns the types that arrive as this record; {@code null} if it is none with types of its own. */
  public static @Nullable Set<String> of(Class<?> record) {
    return BY_RECORD.get(record);
  }

  /** Returns a type as metrics are told of it: what no version knows would make a series of each. */
  static String toldAs(String type) {
    return isKnown(type) ? type : ClientMetrics.UNKNOWN_TYPE;
  }

  static boolean isKnown(String type) {
    return KNOWN.contains(type);
  }
}

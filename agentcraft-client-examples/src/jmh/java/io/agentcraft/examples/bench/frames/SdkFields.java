package io.agentcraft.examples.bench.frames;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads every field of the SDK's messages. */
public final class SdkFields {

  private SdkFields() {}

  /**
   * Reads every field.
   *
   * @param message any message of a server
   * @return a sum over all of them
   */
  public static long of(ServerMessage message) {
    if (message instanceof AgentStatusUpdate update) {
      return of(update);
    }
    if (message instanceof SessionEvent event) {
      return Sum.of(event.kind().wireName())
          + Sum.of(event.sessionId())
          + of(event.state())
          + of(event.timestamp())
          + Sum.of(event.data());
    }
    if (message instanceof SessionState answer) {
      return Sum.of(answer.sessionId()) + of(answer.state()) + of(answer.timestamp());
    }
    if (message instanceof CrewAiLog log) {
      return of(log.timestamp()) + of(log.log());
    }
    if (message instanceof AgentCollaboration talk) {
      return Sum.of(talk.primaryAgent())
          + Sum.of(talk.secondaryAgent())
          + Sum.of(talk.collaborationType())
          + Sum.of(talk.reason())
          + of(talk.timestamp());
    }
    if (message instanceof SessionLogs logs) {
      long sum = Sum.of(logs.sessionId()) + of(logs.timestamp());
      for (LogEntry entry : logs.logs()) {
        sum += of(entry);
      }
      return sum;
    }
    if (message instanceof ActiveSessions active) {
      long sum = of(active.timestamp()) + active.totalSessions();
      for (SessionSummary session : active.sessions()) {
        sum += of(session);
      }
      return sum;
    }
    return 1;
  }

  private static long of(AgentStatusUpdate update) {
    return Sum.of(update.agentId())
        + Sum.of(update.agentName())
        + Sum.of(update.status().name())
        + Sum.of(update.statusText())
        + Sum.of(update.progress())
        + Sum.of(update.message())
        + of(update.timestamp())
        + Sum.of(update.metadata());
  }

  private static long of(SessionSnapshot state) {
    long sum = Sum.of(state.sessionId())
        + Sum.of(state.query())
        + Sum.of(state.currentPhase())
        + Sum.of(state.overallProgress())
        + Sum.of(state.crewOutput())
        + Sum.of(state.totalAgents())
        + Sum.of(state.completedAgents())
        + of(state.startedAt())
        + of(state.estimatedCompletion());
    for (AgentState agent : state.activeAgents()) {
      sum += Sum.of(agent.agentId())
          + Sum.of(agent.agentName())
          + Sum.of(agent.status().name())
          + Sum.of(agent.statusText())
          + Sum.of(agent.progress())
          + Sum.of(agent.currentTask())
          + of(agent.details())
          + of(agent.startedAt())
          + of(agent.updatedAt());
    }
    return sum;
  }

  private static long of(CrewAiLog.Line line) {
    return of(line.timestamp())
        + of(line.datetime())
        + Sum.of(line.sessionId())
        + Sum.of(line.level())
        + Sum.of(line.logger())
        + Sum.of(line.message())
        + Sum.of(line.rawMessage())
        + Sum.of(line.source())
        + Sum.of(line.module())
        + Sum.of(line.function())
        + Sum.of(line.line())
        + Sum.of(line.eventType())
        + (line.agentInfo() == null
            ? 1
            : Sum.of(line.agentInfo().agentName()) + Sum.of(line.agentInfo().task()))
        + Sum.of(line.data());
  }

  private static long of(LogEntry entry) {
    return of(entry.timestamp())
        + Sum.of(entry.level())
        + Sum.of(entry.type())
        + Sum.of(entry.agent())
        + Sum.of(entry.status())
        + Sum.of(entry.task())
        + Sum.of(entry.message())
        + of(entry.details());
  }

  private static long of(SessionSummary session) {
    return Sum.of(session.sessionId())
        + Sum.of(session.query())
        + Sum.of(session.status())
        + Sum.of(session.agentsActive())
        + Sum.of(session.phase())
        + Sum.of(session.progress())
        + Sum.of(session.agents())
        + of(session.startedAt());
  }

  private static long of(@Nullable Details details) {
    return details == null ? 1 : Sum.of(details.value());
  }

  /** The text or the number; a time's instant is worked out only for those who ask. */
  private static long of(@Nullable WireTime time) {
    if (time == null) {
      return 1;
    }
    OptionalDouble seconds = time.seconds();
    return seconds.isPresent() ? (long) seconds.getAsDouble() : time.toString().length();
  }
}

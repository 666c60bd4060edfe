package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.WireTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Log lines as the deployed backend's log handler sends them, and log entries as it keeps them. */
final class DeployedLog {

  private static final String TRACKER = "src.agents.realtime_agent_tracker";
  private static final String ENDPOINT = "backend.websocket_api";
  private static final String CREW = "crewai";

  private final ServerClock clock;

  DeployedLog(ServerClock clock) {
    this.clock = clock;
  }

  Form.Outbound tracker(String function, String message) {
    return line(null, "INFO", TRACKER, function, message, "general", null);
  }

  Form.Outbound warning(String message) {
    return line(null, "WARNING", ENDPOINT, "handle_client_message", message, null, null);
  }

  Form.Outbound line(String sessionId, LogEntry entry) {
    String level = entry.level() == null ? "INFO" : entry.level().toUpperCase(Locale.ROOT);
    String text =
        entry.message() != null ? entry.message() : entry.task() != null ? entry.task() : "";
    return line(
        sessionId,
        level,
        CREW,
        "run",
        text,
        "general",
        new CrewAiLog.AgentInfo(entry.agent(), entry.task()));
  }

  /** Returns an entry as the backend would have kept it: no level, a type, epoch seconds. */
  LogEntry entry(LogEntry entry) {
    WireTime kept = entry.timestamp();
    WireTime time =
        kept == null ? clock.epoch() : kept.instant().map(WireTime::epoch).orElse(kept);
    if (entry.type() != null) {
      return new LogEntry(
          time,
          null,
          entry.type(),
          entry.agent(),
          entry.status() == null
              ? null
              : DeployedForm.statusText(AgentStatus.fromWire(entry.status()), entry.status()),
          entry.task(),
          entry.message(),
          entry.details());
    }
    return new LogEntry(
        time,
        null,
        "crew_activity",
        entry.agent(),
        null,
        entry.task(),
        entry.message(),
        entry.details());
  }

  private Form.Outbound line(
      @Nullable String sessionId,
      String level,
      String logger,
      String function,
      String message,
      @Nullable String eventType,
      CrewAiLog.@Nullable AgentInfo agent) {
    return Form.Outbound.toEveryone(new CrewAiLog(
        clock.epoch(),
        new CrewAiLog.Line(
            clock.epoch(),
            clock.zoneless(),
            sessionId,
            level,
            logger,
            level + " - " + logger + " - " + message,
            message,
            "python_logger",
            logger.substring(logger.lastIndexOf('.') + 1),
            function,
            1,
            eventType,
            agent,
            null)));
  }
}

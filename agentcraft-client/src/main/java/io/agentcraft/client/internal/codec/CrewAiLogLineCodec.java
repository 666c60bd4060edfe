package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.CrewAiLogLine;
import io.agentcraft.client.message.CrewAiLogLine.AgentInfo;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code log} of a {@code crewai_log}. */
final class CrewAiLogLineCodec {

  private CrewAiLogLineCodec() {}

  static CrewAiLogLine read(FrameReader in) throws IOException {
    WireTime timestamp = null;
    WireTime datetime = null;
    String sessionId = null;
    String level = null;
    String logger = null;
    String message = null;
    String rawMessage = null;
    String source = null;
    String module = null;
    String function = null;
    Integer line = null;
    String eventType = null;
    AgentInfo agentInfo = null;
    Map<String, @Nullable Object> data = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        case "datetime" -> datetime = in.time();
        case "session_id" -> sessionId = in.optionalText();
        case "level" -> level = in.optionalText();
        case "logger" -> logger = in.optionalText();
        case "message" -> message = in.optionalText();
        case "raw_message" -> rawMessage = in.optionalText();
        case "source" -> source = in.optionalText();
        case "module" -> module = in.optionalText();
        case "function" -> function = in.optionalText();
        case "line" -> line = in.integer();
        case "event_type" -> eventType = in.optionalText();
        case "agent_info" -> agentInfo = in.object(CrewAiLogLineCodec::readAgentInfo);
        case "data" -> data = in.freeObject();
        default -> in.skip();
      }
    }
    return new CrewAiLogLine(
        timestamp,
        datetime,
        sessionId,
        level,
        logger,
        message,
        rawMessage,
        source,
        module,
        function,
        line,
        eventType,
        agentInfo,
        data);
  }

  static void write(CrewAiLogLine log, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", log.timestamp());
    out.optionalTime("datetime", log.datetime());
    // Every recorded line has a session id, if only null.
    out.nullableText("session_id", log.sessionId());
    out.optionalText("level", log.level());
    out.optionalText("logger", log.logger());
    out.optionalText("message", log.message());
    out.optionalText("raw_message", log.rawMessage());
    out.optionalText("source", log.source());
    out.optionalText("module", log.module());
    out.optionalText("function", log.function());
    out.optionalInteger("line", log.line());
    out.optionalText("event_type", log.eventType());
    AgentInfo agentInfo = log.agentInfo();
    if (agentInfo != null) {
      out.object("agent_info", agentInfo, CrewAiLogLineCodec::writeAgentInfo);
    }
    Map<String, @Nullable Object> data = log.data();
    if (data != null) {
      out.free("data", data);
    }
  }

  private static AgentInfo readAgentInfo(FrameReader in) throws IOException {
    String agentName = null;
    String task = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "agent_name" -> agentName = in.optionalText();
        case "task" -> task = in.optionalText();
        default -> in.skip();
      }
    }
    return new AgentInfo(agentName, task);
  }

  private static void writeAgentInfo(AgentInfo info, FrameWriter out) throws IOException {
    out.optionalText("agent_name", info.agentName());
    out.optionalText("task", info.task());
  }
}

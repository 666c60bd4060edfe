package io.agentcraft.client.internal.codec;

import io.agentcraft.client.internal.codec.MessageType.Codec;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs of messages about logs. */
final class LogCodecs {

  private LogCodecs() {}

  /** {@code session_logs}. */
  static final class Logs implements Codec<SessionLogs> {

    @Override
    public SessionLogs read(FrameReader in) throws IOException {
      String sessionId = null;
      List<LogEntry> logs = List.of();
      WireTime timestamp = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "session_id" -> sessionId = in.optionalText();
          case "logs" -> logs = in.objects(LogCodecs::readEntry);
          case "timestamp" -> timestamp = in.time();
          default -> in.skipField(name);
        }
      }
      return new SessionLogs(in.required("session_id", sessionId), logs, timestamp);
    }

    @Override
    public void write(SessionLogs logs, FrameWriter out) throws IOException {
      out.text("session_id", logs.sessionId());
      out.objects("logs", logs.logs(), LogCodecs::writeEntry);
      out.optionalTime("timestamp", logs.timestamp());
    }
  }

  private static LogEntry readEntry(FrameReader in) throws IOException {
    WireTime timestamp = null;
    String level = null;
    String type = null;
    String agent = null;
    String status = null;
    String task = null;
    String message = null;
    Details details = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        case "level" -> level = in.optionalText();
        case "type" -> type = in.optionalText();
        case "agent" -> agent = in.optionalText();
        case "status" -> status = in.optionalText();
        case "task" -> task = in.optionalText();
        case "message" -> message = in.optionalText();
        case "details" -> details = in.details();
        default -> in.skip();
      }
    }
    return new LogEntry(timestamp, level, type, agent, status, task, message, details);
  }

  private static void writeEntry(LogEntry entry, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", entry.timestamp());
    out.optionalText("level", entry.level());
    out.optionalText("type", entry.type());
    out.optionalText("agent", entry.agent());
    out.optionalText("status", entry.status());
    out.optionalText("task", entry.task());
    out.optionalText("message", entry.message());
    // Servers always write details, if only as null.
    out.nullableDetails("details", entry.details());
  }

  /** {@code crewai_log}. */
  static final class CrewAi implements Codec<CrewAiLog> {

    @Override
    public CrewAiLog read(FrameReader in) throws IOException {
      WireTime timestamp = null;
      CrewAiLog.Line log = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "timestamp" -> timestamp = in.time();
          case "log" -> log = in.object(LogCodecs::readLine);
          default -> in.skipField(name);
        }
      }
      return new CrewAiLog(timestamp, in.required("log", log));
    }

    @Override
    public void write(CrewAiLog log, FrameWriter out) throws IOException {
      out.optionalTime("timestamp", log.timestamp());
      out.object("log", log.log(), LogCodecs::writeLine);
    }
  }

  private static CrewAiLog.Line readLine(FrameReader in) throws IOException {
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
    CrewAiLog.AgentInfo agentInfo = null;
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
        case "agent_info" -> agentInfo = in.object(LogCodecs::readAgentInfo);
        case "data" -> data = in.freeObject();
        default -> in.skip();
      }
    }
    return new CrewAiLog.Line(
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

  private static void writeLine(CrewAiLog.Line line, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", line.timestamp());
    out.optionalTime("datetime", line.datetime());
    // Servers always write a session id, if only as null.
    out.nullableText("session_id", line.sessionId());
    out.optionalText("level", line.level());
    out.optionalText("logger", line.logger());
    out.optionalText("message", line.message());
    out.optionalText("raw_message", line.rawMessage());
    out.optionalText("source", line.source());
    out.optionalText("module", line.module());
    out.optionalText("function", line.function());
    out.optionalInteger("line", line.line());
    out.optionalText("event_type", line.eventType());
    CrewAiLog.AgentInfo agentInfo = line.agentInfo();
    if (agentInfo != null) {
      out.object("agent_info", agentInfo, LogCodecs::writeAgentInfo);
    }
    Map<String, @Nullable Object> data = line.data();
    if (data != null) {
      out.free("data", data);
    }
  }

  private static CrewAiLog.AgentInfo readAgentInfo(FrameReader in) throws IOException {
    String agentName = null;
    String task = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "agent_name" -> agentName = in.optionalText();
        case "task" -> task = in.optionalText();
        default -> in.skip();
      }
    }
    return new CrewAiLog.AgentInfo(agentName, task);
  }

  private static void writeAgentInfo(CrewAiLog.AgentInfo info, FrameWriter out) throws IOException {
    out.optionalText("agent_name", info.agentName());
    out.optionalText("task", info.task());
  }

  /** {@code log_streaming_started}. */
  static final class StreamingStarted implements Codec<LogStreamingStarted> {

    @Override
    public LogStreamingStarted read(FrameReader in) throws IOException {
      String sessionId = null;
      WireTime timestamp = null;
      String message = "";
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "session_id" -> sessionId = in.optionalText();
          case "timestamp" -> timestamp = in.time();
          case "message" -> message = in.text();
          default -> in.skipField(name);
        }
      }
      return new LogStreamingStarted(sessionId, timestamp, message);
    }

    @Override
    public void write(LogStreamingStarted started, FrameWriter out) throws IOException {
      out.optionalText("session_id", started.sessionId());
      out.optionalTime("timestamp", started.timestamp());
      out.text("message", started.message());
    }
  }

  /** {@code log_streaming_stopped}. */
  static final class StreamingStopped implements Codec<LogStreamingStopped> {

    @Override
    public LogStreamingStopped read(FrameReader in) throws IOException {
      WireTime timestamp = null;
      String message = "";
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "timestamp" -> timestamp = in.time();
          case "message" -> message = in.text();
          default -> in.skipField(name);
        }
      }
      return new LogStreamingStopped(timestamp, message);
    }

    @Override
    public void write(LogStreamingStopped stopped, FrameWriter out) throws IOException {
      out.optionalTime("timestamp", stopped.timestamp());
      out.text("message", stopped.message());
    }
  }
}

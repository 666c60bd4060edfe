package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** One entry of {@code session_logs.logs}. */
final class LogEntryCodec {

  private LogEntryCodec() {}

  static LogEntry read(FrameReader in) throws IOException {
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

  static void write(LogEntry entry, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", entry.timestamp());
    out.optionalText("level", entry.level());
    out.optionalText("type", entry.type());
    out.optionalText("agent", entry.agent());
    out.optionalText("status", entry.status());
    out.optionalText("task", entry.task());
    out.optionalText("message", entry.message());
    // Every recorded entry has details, if only null.
    out.nullableDetails("details", entry.details());
  }
}

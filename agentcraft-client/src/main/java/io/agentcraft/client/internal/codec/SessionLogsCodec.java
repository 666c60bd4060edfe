package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.List;

/** {@code session_logs}. */
final class SessionLogsCodec extends TypeCodec<SessionLogs> {

  SessionLogsCodec() {
    super(SessionLogs.class);
  }

  @Override
  SessionLogs read(FrameReader in) throws IOException {
    String sessionId = null;
    List<LogEntry> logs = List.of();
    WireTime timestamp = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.optionalText();
        case "logs" -> logs = in.objects(LogEntryCodec::read);
        case "timestamp" -> timestamp = in.time();
        default -> in.skipField(name);
      }
    }
    return new SessionLogs(in.required("session_id", sessionId), logs, timestamp);
  }

  @Override
  void write(SessionLogs message, FrameWriter out) throws IOException {
    out.text("session_id", message.sessionId());
    out.objects("logs", message.logs(), LogEntryCodec::write);
    out.optionalTime("timestamp", message.timestamp());
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code active_sessions}, and its {@code data}. */
final class ActiveSessionsCodec extends TypeCodec<ActiveSessions> {

  ActiveSessionsCodec() {
    super(ActiveSessions.class);
  }

  private record Data(@Nullable Integer totalSessions, List<SessionSummary> sessions) {

    static Data read(FrameReader in) throws IOException {
      Integer totalSessions = null;
      List<SessionSummary> sessions = List.of();
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "total_sessions" -> totalSessions = in.integer();
          case "sessions" -> sessions = in.objects(SessionSummaryCodec::read);
          default -> in.skip();
        }
      }
      return new Data(totalSessions, sessions);
    }
  }

  @Override
  ActiveSessions read(FrameReader in) throws IOException {
    WireTime timestamp = null;
    Data data = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        case "data" -> data = in.object(Data::read);
        default -> in.skipField(name);
      }
    }
    List<SessionSummary> sessions = data == null ? List.of() : data.sessions();
    Integer total = data == null ? null : data.totalSessions();
    return new ActiveSessions(timestamp, total != null ? total : sessions.size(), sessions);
  }

  @Override
  void write(ActiveSessions message, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", message.timestamp());
    out.object("data", message, ActiveSessionsCodec::writeData);
  }

  private static void writeData(ActiveSessions message, FrameWriter out) throws IOException {
    out.integer("total_sessions", message.totalSessions());
    out.objects("sessions", message.sessions(), SessionSummaryCodec::write);
  }
}

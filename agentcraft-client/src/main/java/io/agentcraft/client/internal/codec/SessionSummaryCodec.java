package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** One entry of {@code active_sessions.data.sessions}. */
final class SessionSummaryCodec {

  private SessionSummaryCodec() {}

  static SessionSummary read(FrameReader in) throws IOException {
    String sessionId = "";
    String query = null;
    String status = null;
    Integer agentsActive = null;
    String phase = null;
    double progress = Double.NaN;
    Integer agents = null;
    WireTime startedAt = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.text();
        case "query" -> query = in.optionalText();
        case "status" -> status = in.optionalText();
        case "agents_active" -> agentsActive = in.integer();
        case "phase" -> phase = in.optionalText();
        case "progress" -> progress = in.number();
        case "agents" -> agents = in.integer();
        case "started_at" -> startedAt = in.time();
        default -> in.skip();
      }
    }
    return new SessionSummary(
        sessionId, query, status, agentsActive, phase, progress, agents, startedAt);
  }

  static void write(SessionSummary summary, FrameWriter out) throws IOException {
    out.text("session_id", summary.sessionId());
    out.optionalText("query", summary.query());
    out.optionalText("status", summary.status());
    out.optionalInteger("agents_active", summary.agentsActive());
    out.optionalText("phase", summary.phase());
    out.progress("progress", summary.progress());
    out.optionalInteger("agents", summary.agents());
    out.optionalTime("started_at", summary.startedAt());
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionSnapshot;
import java.io.IOException;

/** Writes a {@code state}. */
final class SnapshotWriter {

  private SnapshotWriter() {}

  /** Writes the form of {@code session_state}. */
  static void write(SessionSnapshot state, FrameWriter out) throws IOException {
    writeHead(state, out);
    out.objects("active_agents", state.activeAgents(), AgentStateCodec::write);
    out.free("crew_output", state.crewOutput());
    out.optionalInteger("total_agents", state.totalAgents());
    if (!state.completedAgents().isEmpty()) {
      out.texts("completed_agents", state.completedAgents());
    }
    out.optionalTime("started_at", state.startedAt());
    out.optionalTime("estimated_completion", state.estimatedCompletion());
  }

  /** Writes the form of the deployed backend's events, which have every field, some of them null. */
  static void writeInEvent(SessionSnapshot state, FrameWriter out) throws IOException {
    writeHead(state, out);
    out.objects("active_agents", state.activeAgents(), AgentStateCodec::writeInEvent);
    out.free("crew_output", state.crewOutput());
    out.optionalInteger("total_agents", state.totalAgents());
    out.texts("completed_agents", state.completedAgents());
    out.nullableTime("started_at", state.startedAt());
    out.nullableTime("estimated_completion", state.estimatedCompletion());
  }

  private static void writeHead(SessionSnapshot state, FrameWriter out) throws IOException {
    out.text("session_id", state.sessionId());
    out.text("query", state.query());
    out.text("current_phase", state.currentPhase());
    out.progress("overall_progress", state.overallProgress());
  }
}

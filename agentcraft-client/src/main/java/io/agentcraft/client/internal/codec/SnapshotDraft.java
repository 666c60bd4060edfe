package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code state} as it is read, while it is not yet known which session it belongs to. */
final class SnapshotDraft {

  private @Nullable String sessionId;
  private String query = "";
  private String currentPhase = "";
  private double overallProgress = Double.NaN;
  private List<AgentState> activeAgents = List.of();
  private List<@Nullable Object> crewOutput = List.of();
  private @Nullable Integer totalAgents;
  private List<String> completedAgents = List.of();
  private @Nullable WireTime startedAt;
  private @Nullable WireTime estimatedCompletion;

  static SnapshotDraft read(FrameReader in) throws IOException {
    SnapshotDraft draft = new SnapshotDraft();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      draft.readField(name, in);
    }
    return draft;
  }

  private void readField(String name, FrameReader in) throws IOException {
    switch (name) {
      case "session_id" -> sessionId = in.optionalText();
      case "query" -> query = in.text();
      case "current_phase" -> currentPhase = in.text();
      case "overall_progress" -> overallProgress = in.number();
      case "active_agents" -> activeAgents = in.objects(AgentStateCodec::read);
      case "crew_output" -> crewOutput = in.freeList();
      case "total_agents" -> totalAgents = in.integer();
      case "completed_agents" -> completedAgents = in.texts();
      case "started_at" -> startedAt = in.time();
      case "estimated_completion" -> estimatedCompletion = in.time();
      default -> in.skip();
    }
  }

  @Nullable
  String sessionId() {
    return sessionId;
  }

  /** The snapshot, of the given session if the state did not name one itself. */
  SessionSnapshot build(String fallbackSessionId) {
    return new SessionSnapshot(
        sessionId != null ? sessionId : fallbackSessionId,
        query,
        currentPhase,
        overallProgress,
        activeAgents,
        crewOutput,
        totalAgents,
        completedAgents,
        startedAt,
        estimatedCompletion);
  }
}

package io.agentcraft.examples.bench.frames;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages as one writes them by hand: records that Jackson fills, told apart by {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = ByHand.Other.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = ByHand.Status.class, name = "agent_status"),
  @JsonSubTypes.Type(value = ByHand.Collaboration.class, name = "agent_collaboration"),
  @JsonSubTypes.Type(value = ByHand.State.class, name = "session_state"),
  @JsonSubTypes.Type(value = ByHand.Logs.class, name = "session_logs"),
  @JsonSubTypes.Type(value = ByHand.Sessions.class, name = "active_sessions"),
  @JsonSubTypes.Type(value = ByHand.CrewLog.class, name = "crewai_log"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "session_started"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "agent_status_update"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "phase_update"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "crew_output"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "session_completed"),
  @JsonSubTypes.Type(value = ByHand.Event.class, name = "session_error")
})
public sealed interface ByHand {

  /**
   * Reads every field.
   *
   * @return a sum over all of them
   */
  long fields();

  /** {@code agent_status}. */
  record Status(
      String agentId,
      @Nullable String agentName,
      @Nullable String status,
      double progress,
      @Nullable String message,
      @Nullable String timestamp,
      @Nullable Map<String, Object> metadata)
      implements ByHand {
    @Override
    public long fields() {
      return Sum.of(agentId)
          + Sum.of(agentName)
          + Sum.of(status)
          + Sum.of(progress)
          + Sum.of(message)
          + Sum.of(timestamp)
          + Sum.of(metadata);
    }
  }

  /** {@code agent_collaboration}. */
  record Collaboration(
      String primaryAgent,
      String secondaryAgent,
      String collaborationType,
      String reason,
      @Nullable String timestamp)
      implements ByHand {
    @Override
    public long fields() {
      return Sum.of(primaryAgent)
          + Sum.of(secondaryAgent)
          + Sum.of(collaborationType)
          + Sum.of(reason)
          + Sum.of(timestamp);
    }
  }

  /** {@code session_state}. */
  record State(String sessionId, Snapshot state, double timestamp) implements ByHand {
    @Override
    public long fields() {
      return Sum.of(sessionId) + state.fields() + Sum.of(timestamp);
    }
  }

  /** A snapshot event of the deployed form. */
  record Event(String sessionId, Snapshot state, double timestamp) implements ByHand {
    @Override
    public long fields() {
      return Sum.of(sessionId) + state.fields() + Sum.of(timestamp);
    }
  }

  /** {@code session_logs}. */
  record Logs(String sessionId, List<Map<String, Object>> logs, double timestamp)
      implements ByHand {
    @Override
    public long fields() {
      return Sum.of(sessionId) + Sum.of(logs) + Sum.of(timestamp);
    }
  }

  /** {@code active_sessions}. */
  record Sessions(double timestamp, Map<String, Object> data) implements ByHand {
    @Override
    public long fields() {
      return Sum.of(timestamp) + Sum.of(data);
    }
  }

  /** {@code crewai_log}. */
  record CrewLog(double timestamp, Map<String, Object> log) implements ByHand {
    @Override
    public long fields() {
      return Sum.of(timestamp) + Sum.of(log);
    }
  }

  /** All other types. */
  record Other() implements ByHand {
    @Override
    public long fields() {
      return 1;
    }
  }

  /** The {@code state} of a session. */
  record Snapshot(
      @Nullable String sessionId,
      @Nullable String query,
      @Nullable String currentPhase,
      double overallProgress,
      List<Agent> activeAgents,
      List<Object> crewOutput,
      @Nullable Integer totalAgents,
      @Nullable List<String> completedAgents,
      @Nullable Double startedAt,
      @Nullable Double estimatedCompletion) {
    long fields() {
      long sum = Sum.of(sessionId)
          + Sum.of(query)
          + Sum.of(currentPhase)
          + Sum.of(overallProgress)
          + Sum.of(crewOutput)
          + Sum.of(totalAgents)
          + Sum.of(completedAgents)
          + Sum.of(startedAt)
          + Sum.of(estimatedCompletion);
      for (Agent agent : activeAgents) {
        sum += agent.fields();
      }
      return sum;
    }
  }

  /** One of its {@code active_agents}. */
  record Agent(
      @Nullable String agentId,
      @Nullable String agentName,
      @Nullable String status,
      double progress,
      @Nullable String currentTask,
      @Nullable Object details,
      @Nullable Double startedAt,
      @Nullable Double updatedAt) {
    long fields() {
      return Sum.of(agentId)
          + Sum.of(agentName)
          + Sum.of(status)
          + Sum.of(progress)
          + Sum.of(currentTask)
          + Sum.of(details)
          + Sum.of(startedAt)
          + Sum.of(updatedAt);
    }
  }
}

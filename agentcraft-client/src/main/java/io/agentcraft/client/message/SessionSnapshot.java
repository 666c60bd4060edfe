package io.agentcraft.client.message;

import io.agentcraft.client.internal.guard.FreeJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session at one moment, as {@link SessionState} and {@link SessionEvent} bring it. Only the events of
 * the deployed backend have the last four components.
 *
 * @param sessionId the session's id; empty if absent
 * @param query the request that the session works on; empty if absent
 * @param currentPhase the phase in the server's words; empty if absent
 * @param overallProgress the progress in percent, 0 to 100; {@code NaN} if absent
 * @param activeAgents the session's agents, including those that have finished; unmodifiable
 * @param crewOutput the output of the crew as free-form JSON: text, {@code Number}, {@code Boolean}, {@code List},
 *     {@code Map} or {@code null}; deeply unmodifiable
 * @param totalAgents the number of agents; {@code null} if absent
 * @param completedAgents the names of the agents that have finished; unmodifiable, empty if absent
 * @param startedAt the time when the session started; {@code null} if absent
 * @param estimatedCompletion the time when the server expects the session to end; {@code null} if absent
 */
public record SessionSnapshot(
    String sessionId,
    String query,
    String currentPhase,
    double overallProgress,
    List<AgentState> activeAgents,
    List<@Nullable Object> crewOutput,
    @Nullable Integer totalAgents,
    List<String> completedAgents,
    @Nullable WireTime startedAt,
    @Nullable WireTime estimatedCompletion) {

  /**
   * Checks that no text is {@code null}, and copies the lists.
   *
   * @param sessionId the session's id; empty if absent
   * @param query the request that the session works on; empty if absent
   * @param currentPhase the phase in the server's words; empty if absent
   * @param overallProgress the progress in percent, 0 to 100; {@code NaN} if absent
   * @param activeAgents the session's agents, including those that have finished; unmodifiable
   * @param crewOutput the output of the crew as free-form JSON: text, {@code Number}, {@code Boolean}, {@code List},
   *     {@code Map} or {@code null}; deeply unmodifiable
   * @param totalAgents the number of agents; {@code null} if absent
   * @param completedAgents the names of the agents that have finished; unmodifiable, empty if absent
   * @param startedAt the time when the session started; {@code null} if absent
   * @param estimatedCompletion the time when the server expects the session to end; {@code null} if absent
   */
  public SessionSnapshot {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(currentPhase, "currentPhase");
    activeAgents = List.copyOf(activeAgents);
    crewOutput = FreeJson.copyOf(crewOutput);
    completedAgents = List.copyOf(completedAgents);
  }

  /**
   * Creates a snapshot in the documented form.
   *
   * @param sessionId the session's id
   * @param query the request that the session works on
   * @param currentPhase the phase
   * @param overallProgress the progress in percent, 0 to 100
   * @param activeAgents the session's agents
   * @param crewOutput the output of the crew as free-form JSON
   * @return the snapshot
   */
  public static SessionSnapshot documented(
      String sessionId,
      String query,
      String currentPhase,
      double overallProgress,
      List<AgentState> activeAgents,
      List<? extends @Nullable Object> crewOutput) {
    return builder(sessionId)
        .query(query)
        .currentPhase(currentPhase)
        .overallProgress(overallProgress)
        .activeAgents(activeAgents)
        .crewOutput(crewOutput)
        .build();
  }

  /**
   * Creates a builder.
   *
   * @param sessionId the session's id
   * @return a builder with progress 0 and nothing else
   */
  public static Builder builder(String sessionId) {
    return new Builder(sessionId);
  }

  /** Builds a {@link SessionSnapshot}. Not safe for use by several threads. */
  public static final class Builder {

    private final String sessionId;
    private String query = "";
    private String currentPhase = "";
    private double overallProgress;
    private List<AgentState> activeAgents = List.of();
    private List<@Nullable Object> crewOutput = List.of();
    private @Nullable Integer totalAgents;
    private List<String> completedAgents = List.of();
    private @Nullable WireTime startedAt;
    private @Nullable WireTime estimatedCompletion;

    private Builder(String sessionId) {
      this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
    }

    /**
     * Sets the query, empty by default.
     *
     * @param query the request that the session works on
     * @return this builder
     */
    public Builder query(String query) {
      this.query = Objects.requireNonNull(query, "query");
      return this;
    }

    /**
     * Sets the phase, empty by default.
     *
     * @param currentPhase the phase
     * @return this builder
     */
    public Builder currentPhase(String currentPhase) {
      this.currentPhase = Objects.requireNonNull(currentPhase, "currentPhase");
      return this;
    }

    /**
     * Sets the progress, 0 by default.
     *
     * @param overallProgress 0 to 100; {@code NaN} for an absent one
     * @return this builder
     */
    public Builder overallProgress(double overallProgress) {
      this.overallProgress = overallProgress;
      return this;
    }

    /**
     * Sets the agents, none by default.
     *
     * @param activeAgents the session's agents
     * @return this builder
     */
    public Builder activeAgents(List<AgentState> activeAgents) {
      this.activeAgents = List.copyOf(activeAgents);
      return this;
    }

    /**
     * Sets the output of the crew, none by default.
     *
     * @param crewOutput free-form JSON
     * @return this builder
     * @throws IllegalArgumentException if the output holds a value that JSON cannot represent
     */
    public Builder crewOutput(List<? extends @Nullable Object> crewOutput) {
      this.crewOutput = FreeJson.copyOf(crewOutput);
      return this;
    }

    /**
     * Sets the number of agents, {@code null} by default.
     *
     * @param totalAgents the number of agents
     * @return this builder
     */
    public Builder totalAgents(@Nullable Integer totalAgents) {
      this.totalAgents = totalAgents;
      return this;
    }

    /**
     * Sets the agents that have finished, none by default.
     *
     * @param completedAgents the names of the agents
     * @return this builder
     */
    public Builder completedAgents(List<String> completedAgents) {
      this.completedAgents = List.copyOf(completedAgents);
      return this;
    }

    /**
     * Sets the start time, {@code null} by default.
     *
     * @param startedAt the time when the session started
     * @return this builder
     */
    public Builder startedAt(@Nullable WireTime startedAt) {
      this.startedAt = startedAt;
      return this;
    }

    /**
     * Sets the estimated end, {@code null} by default.
     *
     * @param estimatedCompletion the time when the session is expected to end
     * @return this builder
     */
    public Builder estimatedCompletion(@Nullable WireTime estimatedCompletion) {
      this.estimatedCompletion = estimatedCompletion;
      return this;
    }

    /**
     * Builds the snapshot.
     *
     * @return the snapshot
     */
    public SessionSnapshot build() {
      return new SessionSnapshot(
          sessionId,
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
}

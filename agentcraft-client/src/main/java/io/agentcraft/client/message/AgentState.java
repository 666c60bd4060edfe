package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent within a {@link SessionSnapshot}. Only the events of the deployed backend have an id and times.
 *
 * @param agentId the agent's id within its session; {@code null} if absent
 * @param agentName the agent's name; empty if absent
 * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
 * @param statusText the status as it was on the wire; empty if absent
 * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
 * @param currentTask the agent's current task; {@code null} if it has none
 * @param details text (deployed) or an object (documented); {@code null} if absent
 * @param startedAt the time when the agent started; {@code null} if absent
 * @param updatedAt the time of the agent's latest change; {@code null} if absent
 */
public record AgentState(
    @Nullable String agentId,
    String agentName,
    AgentStatus status,
    String statusText,
    double progress,
    @Nullable String currentTask,
    @Nullable Details details,
    @Nullable WireTime startedAt,
    @Nullable WireTime updatedAt) {

  /**
   * Checks that name and status are not {@code null}.
   *
   * @param agentId the agent's id within its session; {@code null} if absent
   * @param agentName the agent's name; empty if absent
   * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
   * @param statusText the status as it was on the wire; empty if absent
   * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
   * @param currentTask the agent's current task; {@code null} if it has none
   * @param details text (deployed) or an object (documented); {@code null} if absent
   * @param startedAt the time when the agent started; {@code null} if absent
   * @param updatedAt the time of the agent's latest change; {@code null} if absent
   */
  public AgentState {
    Objects.requireNonNull(agentName, "agentName");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(statusText, "statusText");
  }

  /**
   * Creates an agent in the documented form, without details.
   *
   * @param agentName the agent's name
   * @param status the agent's status
   * @param progress the progress in percent, 0 to 100
   * @param currentTask the agent's current task; may be {@code null}
   * @return the agent
   */
  public static AgentState documented(
      String agentName, AgentStatus status, double progress, @Nullable String currentTask) {
    return builder(agentName)
        .status(status)
        .progress(progress)
        .currentTask(currentTask)
        .details(Details.EMPTY)
        .build();
  }

  /**
   * Creates a builder.
   *
   * @param agentName the agent's name
   * @return a builder with status {@link AgentStatus#IDLE}, progress 0, and nothing else
   */
  public static Builder builder(String agentName) {
    return new Builder(agentName);
  }

  /**
   * Creates a builder with all the values of this agent.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return new Builder(agentName)
        .status(status, statusText)
        .agentId(agentId)
        .progress(progress)
        .currentTask(currentTask)
        .details(details)
        .startedAt(startedAt)
        .updatedAt(updatedAt);
  }

  /** Builds an {@link AgentState}. Not safe for use by several threads. */
  public static final class Builder {

    private final String agentName;
    private @Nullable String agentId;
    private AgentStatus status = AgentStatus.IDLE;
    private String statusText = AgentStatus.IDLE.wireText();
    private double progress;
    private @Nullable String currentTask;
    private @Nullable Details details;
    private @Nullable WireTime startedAt;
    private @Nullable WireTime updatedAt;

    private Builder(String agentName) {
      this.agentName = Objects.requireNonNull(agentName, "agentName");
    }

    private Builder status(AgentStatus status, String statusText) {
      this.status = Objects.requireNonNull(status, "status");
      this.statusText = statusText;
      return this;
    }

    /**
     * Sets the id, {@code null} by default.
     *
     * @param agentId the agent's id within its session
     * @return this builder
     */
    public Builder agentId(@Nullable String agentId) {
      this.agentId = agentId;
      return this;
    }

    /**
     * Sets the status, in the documented form.
     *
     * @param status the status
     * @return this builder
     */
    public Builder status(AgentStatus status) {
      return status(status, status.wireText());
    }

    /**
     * Sets the status.
     *
     * @param wireText the status as it is on the wire, for example {@code finished}
     * @return this builder
     */
    public Builder status(String wireText) {
      return status(AgentStatus.fromWire(wireText), wireText);
    }

    /**
     * Sets the progress, 0 by default.
     *
     * @param progress 0 to 100; {@code NaN} for an absent one
     * @return this builder
     */
    public Builder progress(double progress) {
      this.progress = progress;
      return this;
    }

    /**
     * Sets the current task, {@code null} by default.
     *
     * @param currentTask the task
     * @return this builder
     */
    public Builder currentTask(@Nullable String currentTask) {
      this.currentTask = currentTask;
      return this;
    }

    /**
     * Sets the details, {@code null} by default.
     *
     * @param details the details
     * @return this builder
     */
    public Builder details(@Nullable Details details) {
      this.details = details;
      return this;
    }

    /**
     * Sets the start time, {@code null} by default.
     *
     * @param startedAt the time when the agent started
     * @return this builder
     */
    public Builder startedAt(@Nullable WireTime startedAt) {
      this.startedAt = startedAt;
      return this;
    }

    /**
     * Sets the time of the latest change, {@code null} by default.
     *
     * @param updatedAt the time
     * @return this builder
     */
    public Builder updatedAt(@Nullable WireTime updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /**
     * Builds the agent.
     *
     * @return the agent
     */
    public AgentState build() {
      return new AgentState(
          agentId,
          agentName,
          status,
          statusText,
          progress,
          currentTask,
          details,
          startedAt,
          updatedAt);
    }
  }
}

package io.agentcraft.client.message;

import org.jspecify.annotations.Nullable;

/**
 * An entry of {@link SessionLogs}. The documented server sets {@code level}, {@code agent} and {@code message}. The
 * deployed backend sets {@code type}, and depending on it either {@code agent}, {@code status} and {@code task}, or
 * {@code message}.
 *
 * @param timestamp the time of the entry; {@code null} if absent
 * @param level the level in the server's words, for example {@code info}; {@code null} if absent
 * @param type {@code agent_activity} or {@code crew_activity} on the deployed backend; {@code null} if absent
 * @param agent the name of the agent that the entry is about; {@code null} if absent
 * @param status the agent's status in the server's words; {@code null} if absent
 * @param task the agent's task; {@code null} if absent
 * @param message the line itself; {@code null} if absent
 * @param details text or an object; {@code null} if absent
 */
public record LogEntry(
    @Nullable WireTime timestamp,
    @Nullable String level,
    @Nullable String type,
    @Nullable String agent,
    @Nullable String status,
    @Nullable String task,
    @Nullable String message,
    @Nullable Details details) {

  /**
   * Creates an entry in the documented form, without details.
   *
   * @param timestamp the time of the entry
   * @param level the level, for example {@code info}
   * @param agent the name of the agent
   * @param message the line itself
   * @return the entry
   */
  public static LogEntry documented(
      WireTime timestamp, String level, String agent, String message) {
    return builder()
        .timestamp(timestamp)
        .level(level)
        .agent(agent)
        .message(message)
        .details(Details.EMPTY)
        .build();
  }

  /**
   * Creates a builder.
   *
   * @return a builder without any value
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link LogEntry}. Every value is {@code null} by default. Not safe for use by several threads. */
  public static final class Builder {

    private @Nullable WireTime timestamp;
    private @Nullable String level;
    private @Nullable String type;
    private @Nullable String agent;
    private @Nullable String status;
    private @Nullable String task;
    private @Nullable String message;
    private @Nullable Details details;

    private Builder() {}

    /**
     * Sets the time.
     *
     * @param timestamp the time of the entry
     * @return this builder
     */
    public Builder timestamp(@Nullable WireTime timestamp) {
      this.timestamp = timestamp;
      return this;
    }

    /**
     * Sets the level.
     *
     * @param level the level, for example {@code info}
     * @return this builder
     */
    public Builder level(@Nullable String level) {
      this.level = level;
      return this;
    }

    /**
     * Sets the type.
     *
     * @param type {@code agent_activity} or {@code crew_activity}
     * @return this builder
     */
    public Builder type(@Nullable String type) {
      this.type = type;
      return this;
    }

    /**
     * Sets the agent.
     *
     * @param agent the name of the agent
     * @return this builder
     */
    public Builder agent(@Nullable String agent) {
      this.agent = agent;
      return this;
    }

    /**
     * Sets the agent's status.
     *
     * @param status the status as it is on the wire
     * @return this builder
     */
    public Builder status(@Nullable String status) {
      this.status = status;
      return this;
    }

    /**
     * Sets the agent's task.
     *
     * @param task the task
     * @return this builder
     */
    public Builder task(@Nullable String task) {
      this.task = task;
      return this;
    }

    /**
     * Sets the line itself.
     *
     * @param message the line
     * @return this builder
     */
    public Builder message(@Nullable String message) {
      this.message = message;
      return this;
    }

    /**
     * Sets the details.
     *
     * @param details the details
     * @return this builder
     */
    public Builder details(@Nullable Details details) {
      this.details = details;
      return this;
    }

    /**
     * Builds the entry.
     *
     * @return the entry
     */
    public LogEntry build() {
      return new LogEntry(timestamp, level, type, agent, status, task, message, details);
    }
  }
}

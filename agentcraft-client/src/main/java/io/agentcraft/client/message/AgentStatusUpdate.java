package io.agentcraft.client.message;

import io.agentcraft.client.internal.guard.FreeJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of an agent ({@code agent_status}). Every client receives it from the server, and a client sends it to
 * publish the status of its own agent.
 *
 * @param agentId the agent's id
 * @param agentName the agent's name; empty if absent
 * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
 * @param statusText the status as it was on the wire; empty if absent
 * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
 * @param message what the agent is doing; empty if absent
 * @param timestamp the time of the update; {@code null} if absent
 * @param metadata free-form JSON, for example {@code task_id} and {@code estimated_completion}; deeply unmodifiable,
 *     empty if absent
 */
public record AgentStatusUpdate(
    String agentId,
    String agentName,
    AgentStatus status,
    String statusText,
    double progress,
    String message,
    @Nullable WireTime timestamp,
    Map<String, @Nullable Object> metadata)
    implements ServerMessage, ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "agent_status";

  /**
   * Checks that no text is {@code null}, and copies the metadata.
   *
   * @param agentId the agent's id
   * @param agentName the agent's name; empty if absent
   * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
   * @param statusText the status as it was on the wire; empty if absent
   * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
   * @param message what the agent is doing; empty if absent
   * @param timestamp the time of the update; {@code null} if absent
   * @param metadata free-form JSON, for example {@code task_id} and {@code estimated_completion}; deeply unmodifiable,
   *     empty if absent
   */
  public AgentStatusUpdate {
    Objects.requireNonNull(agentId, "agentId");
    Objects.requireNonNull(agentName, "agentName");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(statusText, "statusText");
    Objects.requireNonNull(message, "message");
    metadata = FreeJson.copyOf(metadata);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /**
   * Creates a builder.
   *
   * @param agentId the agent's id; not empty
   * @param agentName the agent's name
   * @return a builder with status {@link AgentStatus#IDLE}, progress 0, no message, and the time of {@code build()}
   * @throws IllegalArgumentException if the id is empty
   */
  public static Builder builder(String agentId, String agentName) {
    return new Builder(agentId, agentName);
  }

  /** Builds an {@link AgentStatusUpdate}. Not safe for use by several threads. */
  public static final class Builder {

    private final String agentId;
    private final String agentName;
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    private AgentStatus status = AgentStatus.IDLE;
    private double progress;
    private String message = "";
    private @Nullable WireTime timestamp;

    private Builder(String agentId, String agentName) {
      if (agentId.isEmpty()) {
        throw new IllegalArgumentException(
            "The agent id is empty. Give every agent an id of its own, by which others tell it apart.");
      }
      this.agentId = agentId;
      this.agentName = Objects.requireNonNull(agentName, "agentName");
    }

    /**
     * Sets the status.
     *
     * @param status the status
     * @return this builder
     * @throws IllegalArgumentException for {@link AgentStatus#UNKNOWN}, which has no wire text
     */
    public Builder status(AgentStatus status) {
      if (status == AgentStatus.UNKNOWN) {
        throw new IllegalArgumentException(
            "UNKNOWN is only for statuses that were received. Publish one of the other statuses.");
      }
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /**
     * Sets the progress.
     *
     * @param percent 0 to 100
     * @return this builder
     * @throws IllegalArgumentException if the progress is not within 0 to 100
     */
    public Builder progress(double percent) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("Progress is a percentage from 0 to 100, but was "
            + percent + ". For a ratio, multiply by 100.");
      }
      this.progress = percent;
      return this;
    }

    /**
     * Sets what the agent is doing.
     *
     * @param message a text for people
     * @return this builder
     */
    public Builder message(String message) {
      this.message = Objects.requireNonNull(message, "message");
      return this;
    }

    /**
     * Sets the time of the update, by default the time of {@link #build()}.
     *
     * @param instant the time
     * @return this builder
     */
    public Builder timestamp(Instant instant) {
      this.timestamp = WireTime.iso(instant);
      return this;
    }

    /**
     * Adds an entry to the metadata.
     *
     * @param key the name
     * @param value text, {@code Number}, {@code Boolean}, {@code List}, {@code Map} or {@code null}
     * @return this builder
     */
    public Builder metadata(String key, @Nullable Object value) {
      metadata.put(Objects.requireNonNull(key, "key"), value);
      return this;
    }

    /**
     * Adds entries to the metadata.
     *
     * @param entries the names and values
     * @return this builder
     */
    public Builder metadata(Map<String, ? extends @Nullable Object> entries) {
      metadata.putAll(entries);
      return this;
    }

    /**
     * Builds the update.
     *
     * @return the update
     * @throws IllegalArgumentException if the metadata holds a value that JSON cannot represent
     */
    public AgentStatusUpdate build() {
      WireTime time = timestamp != null ? timestamp : WireTime.iso(Instant.now());
      return new AgentStatusUpdate(
          agentId, agentName, status, status.wireText(), progress, message, time, metadata);
    }
  }
}

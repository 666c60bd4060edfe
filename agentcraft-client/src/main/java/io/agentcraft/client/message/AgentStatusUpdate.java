package io.agentcraft.client.message;

import io.agentcraft.client.internal.json.FreeJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one agent does now ({@code agent_status}). Servers send it to everyone; a client that speaks for an agent sends
 * it to publish.
 *
 * @param agentId the agent's id
 * @param agentName the agent's name; empty if the frame had none
 * @param status what the agent does, {@link AgentStatus#UNKNOWN} for a status that this version does not know
 * @param statusText the status as it was on the wire; empty if the frame had none
 * @param progress percent, 0 to 100; {@code NaN} if the frame had none
 * @param message what it is doing, in words; empty if the frame had none
 * @param timestamp when; {@code null} if the frame had none
 * @param metadata free JSON ({@code task_id} and {@code estimated_completion} are in use); deeply unmodifiable, empty if
 *     the frame had none
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
   * Checks that no text is {@code null} and copies the metadata.
   *
   * @param agentId the agent's id
   * @param agentName the agent's name; empty if the frame had none
   * @param status what the agent does, {@link AgentStatus#UNKNOWN} for a status that this version does not know
   * @param statusText the status as it was on the wire; empty if the frame had none
   * @param progress percent, 0 to 100; {@code NaN} if the frame had none
   * @param message what it is doing, in words; empty if the frame had none
   * @param timestamp when; {@code null} if the frame had none
   * @param metadata free JSON ({@code task_id} and {@code estimated_completion} are in use); deeply unmodifiable, empty if
   *     the frame had none
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
   * Begins an update.
   *
   * @param agentId the agent's id; not empty
   * @param agentName the agent's name
   * @return a builder with status {@link AgentStatus#IDLE}, progress 0, no message, and the current time
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
            "The agent id is empty, but views keep agents by it. Give every agent an id of its own.");
      }
      this.agentId = agentId;
      this.agentName = Objects.requireNonNull(agentName, "agentName");
    }

    /**
     * Sets what the agent does.
     *
     * @param status the status; not {@link AgentStatus#UNKNOWN}
     * @return this builder
     * @throws IllegalArgumentException for {@link AgentStatus#UNKNOWN}, which has no wire text
     */
    public Builder status(AgentStatus status) {
      if (status == AgentStatus.UNKNOWN) {
        throw new IllegalArgumentException(
            "UNKNOWN only stands for what was received. Publish one of the other statuses.");
      }
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /**
     * Sets how far the work is.
     *
     * @param percent 0 to 100
     * @return this builder
     * @throws IllegalArgumentException outside 0 to 100, and for {@code NaN}
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
     * Sets what the agent is doing, in words.
     *
     * @param message the words
     * @return this builder
     */
    public Builder message(String message) {
      this.message = Objects.requireNonNull(message, "message");
      return this;
    }

    /**
     * Sets the time of the update, the current time by default.
     *
     * @param instant when
     * @return this builder
     */
    public Builder timestamp(Instant instant) {
      this.timestamp = WireTime.iso(instant);
      return this;
    }

    /**
     * Adds one entry of metadata.
     *
     * @param key its name
     * @param value text, {@code Number}, {@code Boolean}, {@code List}, {@code Map} or {@code null}
     * @return this builder
     */
    public Builder metadata(String key, @Nullable Object value) {
      metadata.put(Objects.requireNonNull(key, "key"), value);
      return this;
    }

    /**
     * Adds entries of metadata.
     *
     * @param entries names and values
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
     * @throws IllegalArgumentException if the metadata holds something that is no JSON
     */
    public AgentStatusUpdate build() {
      WireTime time = timestamp != null ? timestamp : WireTime.iso(Instant.now());
      return new AgentStatusUpdate(
          agentId, agentName, status, status.wireText(), progress, message, time, metadata);
    }
  }
}

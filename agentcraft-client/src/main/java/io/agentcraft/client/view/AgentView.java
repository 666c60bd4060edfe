package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent as it was last told. It comes from {@code agent_status} ({@code sessionId} is {@code null}), or is one of
 * the agents inside a session's snapshot.
 *
 * @param id the agent's id; within a session it repeats from session to session ({@code agent_0}), and is empty if the
 *     server sent none
 * @param name the agent's name; empty if the server sent none
 * @param sessionId the session whose snapshot holds this agent; {@code null} for an agent of its own
 * @param status what the agent does, {@link AgentStatus#UNKNOWN} for a status that this version does not know
 * @param statusText the status as it was on the wire; empty if there was none
 * @param progress percent as it came, so perhaps outside 0 to 100; {@code NaN} if there was none
 * @param message what it is doing, in words: the update's message, or the current task within a session; empty if there
 *     was none
 * @param details more about an agent within a session, as text or as an object; {@code null} if absent
 * @param metadata free JSON of {@code agent_status}; deeply unmodifiable, empty if there was none
 * @param timestamp the time that the server gave for this; {@code null} if it gave none
 * @param statusSince since when it has this status: by the server's time where that is an instant, otherwise by when the
 *     message arrived here
 * @param updatedAt when the last message about it arrived, by this machine's clock
 * @param stale whether nothing was heard of it since the present connection began
 */
public record AgentView(
    String id,
    String name,
    @Nullable String sessionId,
    AgentStatus status,
    String statusText,
    double progress,
    String message,
    @Nullable Details details,
    Map<String, @Nullable Object> metadata,
    @Nullable WireTime timestamp,
    Instant statusSince,
    Instant updatedAt,
    boolean stale) {

  /**
   * Returns the progress for a bar.
   *
   * @return percent from 0 to 100; 0 if there was none
   */
  public double displayProgress() {
    return Percent.clamped(progress);
  }

  /**
   * Returns a name for people to read.
   *
   * @return the name; the id if the name is empty
   */
  public String displayName() {
    return name.isEmpty() ? id : name;
  }

  AgentView asEarlier() {
    return new AgentView(
        id,
        name,
        sessionId,
        status,
        statusText,
        progress,
        message,
        details,
        metadata,
        timestamp,
        statusSince,
        updatedAt,
        true);
  }
}

package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start of a collaboration between two agents ({@code agent_collaboration}).
 *
 * @param primaryAgent the name of the agent that starts it
 * @param secondaryAgent the name of the agent that joins
 * @param collaborationType the kind of collaboration, for example {@code handoff}
 * @param reason the reason; empty if absent
 * @param timestamp the time of the collaboration; {@code null} if absent
 */
public record AgentCollaboration(
    String primaryAgent,
    String secondaryAgent,
    String collaborationType,
    String reason,
    @Nullable WireTime timestamp)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "agent_collaboration";

  /**
   * Checks that no text is {@code null}.
   *
   * @param primaryAgent the name of the agent that starts it
   * @param secondaryAgent the name of the agent that joins
   * @param collaborationType the kind of collaboration, for example {@code handoff}
   * @param reason the reason; empty if absent
   * @param timestamp the time of the collaboration; {@code null} if absent
   */
  public AgentCollaboration {
    Objects.requireNonNull(primaryAgent, "primaryAgent");
    Objects.requireNonNull(secondaryAgent, "secondaryAgent");
    Objects.requireNonNull(collaborationType, "collaborationType");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

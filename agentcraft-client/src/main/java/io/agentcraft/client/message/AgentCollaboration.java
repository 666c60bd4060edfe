package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two agents work together ({@code agent_collaboration}).
 *
 * @param primaryAgent the name of the agent that begins it
 * @param secondaryAgent the name of the agent that joins
 * @param collaborationType what kind it is, for example {@code handoff}
 * @param reason why, in words; empty if the frame had none
 * @param timestamp when; {@code null} if the frame had none
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
   * @param primaryAgent the name of the agent that begins it
   * @param secondaryAgent the name of the agent that joins
   * @param collaborationType what kind it is, for example {@code handoff}
   * @param reason why, in words; empty if the frame had none
   * @param timestamp when; {@code null} if the frame had none
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

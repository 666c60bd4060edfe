package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live log line of the deployed backend ({@code crewai_log}), sent to everyone.
 *
 * @param timestamp when it was sent, epoch seconds; {@code null} if the frame had none
 * @param log the line
 */
public record CrewAiLog(@Nullable WireTime timestamp, CrewAiLogLine log) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "crewai_log";

  /**
   * Checks that the line is not {@code null}.
   *
   * @param timestamp when it was sent, epoch seconds; {@code null} if the frame had none
   * @param log the line
   */
  public CrewAiLog {
    Objects.requireNonNull(log, "log");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

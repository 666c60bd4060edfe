package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's word that the log stream has ended ({@code log_streaming_stopped}).
 *
 * @param timestamp the server's clock; {@code null} if the frame had none
 * @param message a sentence for people; empty if the frame had none
 */
public record LogStreamingStopped(@Nullable WireTime timestamp, String message)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "log_streaming_stopped";

  /**
   * Checks that the message is not {@code null}.
   *
   * @param timestamp the server's clock; {@code null} if the frame had none
   * @param message a sentence for people; empty if the frame had none
   */
  public LogStreamingStopped {
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

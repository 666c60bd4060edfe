package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's confirmation that the log stream has ended ({@code log_streaming_stopped}).
 *
 * @param timestamp the time of the server; {@code null} if absent
 * @param message a sentence for people; empty if absent
 */
public record LogStreamingStopped(@Nullable WireTime timestamp, String message)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "log_streaming_stopped";

  /**
   * Checks that the message is not {@code null}.
   *
   * @param timestamp the time of the server; {@code null} if absent
   * @param message a sentence for people; empty if absent
   */
  public LogStreamingStopped {
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's word that log lines will now come ({@code log_streaming_started}).
 *
 * @param sessionId the session whose lines were asked for; {@code null} if the frame had none
 * @param timestamp the server's clock; {@code null} if the frame had none
 * @param message a sentence for people; empty if the frame had none
 */
public record LogStreamingStarted(
    @Nullable String sessionId, @Nullable WireTime timestamp, String message)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "log_streaming_started";

  /**
   * Checks that the message is not {@code null}.
   *
   * @param sessionId the session whose lines were asked for; {@code null} if the frame had none
   * @param timestamp the server's clock; {@code null} if the frame had none
   * @param message a sentence for people; empty if the frame had none
   */
  public LogStreamingStarted {
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

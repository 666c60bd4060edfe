package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's confirmation that it sends log lines from now on ({@code log_streaming_started}).
 *
 * @param sessionId the session whose lines were requested; {@code null} if absent
 * @param timestamp the time of the server; {@code null} if absent
 * @param message a sentence for people; empty if absent
 */
public record LogStreamingStarted(
    @Nullable String sessionId, @Nullable WireTime timestamp, String message)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "log_streaming_started";

  /**
   * Checks that the message is not {@code null}.
   *
   * @param sessionId the session whose lines were requested; {@code null} if absent
   * @param timestamp the time of the server; {@code null} if absent
   * @param message a sentence for people; empty if absent
   */
  public LogStreamingStarted {
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

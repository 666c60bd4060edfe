package io.agentcraft.client.message;

import java.util.Objects;

/**
 * Asks for a session's log lines as they happen ({@code start_log_streaming}). There is one stream per connection: a
 * later request replaces an earlier one.
 *
 * @param sessionId the session asked about
 */
public record StartLogStreaming(String sessionId) implements ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "start_log_streaming";

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the session asked about
   */
  public StartLogStreaming {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  @Override
  public String type() {
    return TYPE;
  }
}

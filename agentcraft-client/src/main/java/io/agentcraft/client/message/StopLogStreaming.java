package io.agentcraft.client.message;

/**
 * Asks the server to end the connection's log stream ({@code stop_log_streaming}). There is one stream per connection,
 * so it names no session.
 */
public record StopLogStreaming() implements ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "stop_log_streaming";

  @Override
  public String type() {
    return TYPE;
  }
}

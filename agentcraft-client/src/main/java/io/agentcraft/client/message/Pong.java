package io.agentcraft.client.message;

/**
 * The answer to a {@link Ping} ({@code pong}). The SDK sends it by itself.
 */
public record Pong() implements ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "pong";

  @Override
  public String type() {
    return TYPE;
  }
}

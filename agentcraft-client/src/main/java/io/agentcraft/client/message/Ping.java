package io.agentcraft.client.message;

import org.jspecify.annotations.Nullable;

/**
 * The server's keep-alive ({@code ping}), sent when the client has sent no frame for 30 s. The client answers it
 * automatically.
 *
 * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
 */
public record Ping(@Nullable WireTime timestamp) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "ping";

  @Override
  public String type() {
    return TYPE;
  }
}

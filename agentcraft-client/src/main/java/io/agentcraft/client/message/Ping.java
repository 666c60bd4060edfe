package io.agentcraft.client.message;

import org.jspecify.annotations.Nullable;

/**
 * The server's keep-alive ({@code ping}), sent after 30 s without a frame from the client. The SDK answers it by
 * itself; there is nothing to do.
 *
 * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
 */
public record Ping(@Nullable WireTime timestamp) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "ping";

  @Override
  public String type() {
    return TYPE;
  }
}

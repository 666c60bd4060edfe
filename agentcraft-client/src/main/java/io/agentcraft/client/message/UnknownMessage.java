package io.agentcraft.client.message;

import java.util.Objects;

/**
 * A well-formed frame whose type this version does not know; normal in a protocol that grows. Sent by a client, it is
 * the way to use a server's own extensions.
 *
 * @param type the frame's {@code type}; never empty
 * @param raw the whole frame as JSON text
 */
public record UnknownMessage(String type, String raw) implements ServerMessage, ClientMessage {

  /**
   * Checks that nothing is {@code null}.
   *
   * @param type the frame's {@code type}; never empty
   * @param raw the whole frame as JSON text
   */
  public UnknownMessage {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(raw, "raw");
  }
}

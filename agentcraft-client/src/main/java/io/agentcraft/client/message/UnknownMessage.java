package io.agentcraft.client.message;

import java.util.Objects;

/**
 * A well-formed frame of a type that this version does not know, which is normal in a protocol that grows. A client can
 * send one to use the extensions of a server.
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

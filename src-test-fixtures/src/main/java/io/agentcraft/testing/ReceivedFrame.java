package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.testing.internal.protocol.PrintableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client sent.
 *
 * @param connection the connection on which it was received
 * @param text the frame as it was received; for a binary frame, a note of its size
 * @param message the decoded frame, {@link io.agentcraft.client.message.UnknownMessage} for a type that is not in the
 *     protocol; null if it can't be decoded
 * @param at when it was received, on the server's clock
 * @param dropped whether the server ignored it because its client had reached the rate limit
 */
public record ReceivedFrame(
    ClientConnection connection,
    String text,
    @Nullable ClientMessage message,
    Instant at,
    boolean dropped) {

  /**
   * Returns whether the frame is of a type.
   *
   * @param type the type on the wire, such as {@code pong}
   * @return {@code true} if the frame could be decoded and is of this type
   */
  public boolean isType(String type) {
    return message != null && message.type().equals(type);
  }

  @Override
  public String toString() {
    return connection.clientId() + ": "
        + PrintableText.of(text.length() <= 120 ? text : text.substring(0, 119) + "…")
        + (dropped ? " (dropped)" : "");
  }
}

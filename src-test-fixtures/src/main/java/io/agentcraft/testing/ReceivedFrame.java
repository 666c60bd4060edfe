package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client sent.
 *
 * @param connection the connection it came on
 * @param text the frame as it was on the wire; for a binary frame a remark with its size
 * @param message the decoded frame, {@link io.agentcraft.client.message.UnknownMessage} for a type that the protocol
 *     doesn't have; null if it can't be decoded
 * @param at when it arrived, on the server's clock
 * @param dropped whether the frame budget of its client was used up, so that the server did nothing with it
 */
public record ReceivedFrame(
    ClientConnection connection,
    String text,
    @Nullable ClientMessage message,
    Instant at,
    boolean dropped) {

  /**
   * Tells whether the frame has a type.
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
        + (text.length() <= 120 ? text : text.substring(0, 119) + "…")
        + (dropped ? " (dropped)" : "");
  }
}

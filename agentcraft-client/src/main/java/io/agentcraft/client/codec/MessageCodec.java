package io.agentcraft.client.codec;

import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.codec.FrameDecoder;
import io.agentcraft.client.internal.codec.FrameEncoder;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Decodes the text of a frame into a message, and encodes a message into the text of a frame. Immutable and safe for
 * use by several threads.
 *
 * <p><b>Decoding is lenient.</b> Fields may have any order, unknown fields are ignored, and the last of repeated fields
 * counts. A required text that is missing or null is empty, a missing progress is {@code NaN}, and a missing optional
 * value is {@code null}. Numbers and booleans are accepted as text, and numeric text is accepted as a number; any other
 * scalar that cannot be converted counts as missing. {@code NaN}, {@code Infinity} and {@code -Infinity} are read as
 * Python writes them. An escaped unpaired surrogate, which a WebSocket frame cannot hold otherwise, may be read as a
 * question mark.
 *
 * <p>A frame is malformed if it is not exactly one JSON object; if {@code type} is not text; if it has an object or a
 * list in the place of another value; if {@code agent_id}, {@code session_id}, {@code state} or {@code log} is missing
 * where the type requires it; or if it nests deeper than 500 levels.
 *
 * <p><b>Encoding is strict</b> and writes the documented form: {@code type} first, numbers in plain decimal notation, no
 * absent optional fields. Null is written only where the deployed backend always writes it ({@code current_task},
 * {@code details}, the times of a session event, the {@code session_id} of a log line).
 */
public final class MessageCodec {

  private final FrameDecoder decoder;

  private MessageCodec(ZoneId zone) {
    this.decoder = new FrameDecoder(zone);
  }

  /**
   * Creates a codec that reads times without a zone as UTC.
   *
   * @return the codec
   */
  public static MessageCodec create() {
    return withZone(ZoneOffset.UTC);
  }

  /**
   * Creates a codec.
   *
   * @param zone the zone of times that name none, which is the zone of the server's clock
   * @return the codec
   */
  public static MessageCodec withZone(ZoneId zone) {
    return new MessageCodec(Objects.requireNonNull(zone, "zone"));
  }

  /**
   * Decodes a frame of a server.
   *
   * @param text the frame
   * @return the message; an {@link UnknownMessage} if this version does not know the type
   * @throws MalformedMessageException if the frame is malformed
   */
  public ServerMessage decodeServer(String text) {
    return decoder.decode(text, MessageType.FROM_SERVER);
  }

  /**
   * Returns the type of a frame of a server and reads nothing after it, so a frame that nobody listens to costs little.
   *
   * @param text the frame
   * @return the {@code type}, even if this version does not know it
   * @throws MalformedMessageException if the text, as far as it was read, is not a JSON object with a {@code type}
   */
  public String typeOf(String text) {
    return FrameDecoder.typeOf(text, MessageType.FROM_SERVER);
  }

  /**
   * Decodes a frame of a client.
   *
   * @param text the frame
   * @return the message; an {@link UnknownMessage} if this version does not know the type
   * @throws MalformedMessageException if the frame is malformed
   */
  public ClientMessage decodeClient(String text) {
    return decoder.decode(text, MessageType.FROM_CLIENT);
  }

  /**
   * Encodes a message.
   *
   * @param message the message
   * @return the frame: one JSON object on one line; for an {@link UnknownMessage}, its raw text
   * @throws IllegalArgumentException if the message holds a value that a frame cannot: {@code NaN} (except for an absent
   *     progress), an infinity, an unpaired surrogate, a status that differs from its text, or an unknown message whose
   *     raw text is not one JSON object of its type; the exception names the path of the value
   */
  public String encode(WireMessage message) {
    return FrameEncoder.encode(message);
  }
}

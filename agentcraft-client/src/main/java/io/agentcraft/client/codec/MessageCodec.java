package io.agentcraft.client.codec;

import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.codec.FrameDecoder;
import io.agentcraft.client.internal.codec.FrameEncoder;
import io.agentcraft.client.internal.codec.FrameType;
import io.agentcraft.client.internal.codec.Registry;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Turns the text of a frame into a message, and a message into the text of a frame. Immutable and safe for use by any
 * number of threads.
 *
 * <p><b>Decoding is lenient.</b> Fields may come in any order; unknown ones are passed over; of a field that comes twice
 * the last counts. Text that the protocol always has is empty where it is missing or null, a missing progress is {@code
 * NaN}, and what is optional is {@code null}. Numbers and booleans are taken where text is expected, and numeric text
 * where a number is; a scalar that cannot be converted counts as missing. {@code NaN}, {@code Infinity} and {@code
 * -Infinity} are read as Python writes them. What makes a frame malformed: text that is not exactly one JSON object, no
 * text {@code type}, an object or a list where the protocol has something else, a missing {@code agent_id}, {@code
 * session_id}, {@code state} or {@code log}, nesting deeper than 500 levels. Half a
 * character (an unpaired surrogate), which no WebSocket frame can hold unless it is escaped, may be read as a question mark.
 *
 * <p><b>Encoding is strict</b> and writes the documented form: {@code type} first, numbers in plain decimal notation,
 * absent optional fields left out. Only where the deployed backend always writes null ({@code current_task}, {@code
 * details}, the times of a session event, a log line's {@code session_id}) null is written.
 */
public final class MessageCodec {

  private final FrameDecoder decoder;

  private MessageCodec(ZoneId zone) {
    this.decoder = new FrameDecoder(zone);
  }

  /**
   * Makes a codec that reads time texts without a zone as UTC.
   *
   * @return the codec
   */
  public static MessageCodec create() {
    return withZone(ZoneOffset.UTC);
  }

  /**
   * Makes a codec.
   *
   * @param zone the zone of time texts that name none: the one that the server's clock is set to
   * @return the codec
   */
  public static MessageCodec withZone(ZoneId zone) {
    return new MessageCodec(Objects.requireNonNull(zone, "zone"));
  }

  /**
   * Decodes what a server sent.
   *
   * @param text the frame
   * @return the message; an {@link UnknownMessage} for a type that this version does not know
   * @throws MalformedMessageException if the text is not a message of the protocol
   */
  public ServerMessage decodeServer(String text) {
    return decoder.decode(text, Registry.SERVER);
  }

  /**
   * Tells the type of what a server sent, and reads nothing behind it: of what is not wanted, no more need be read.
   *
   * @param text the frame
   * @return its {@code type}, also one that this version does not know
   * @throws MalformedMessageException if the text is no JSON object with a text {@code type}, as far as it was read
   */
  public String typeOf(String text) {
    return FrameType.of(text, Registry.SERVER);
  }

  /**
   * Decodes what a client sent.
   *
   * @param text the frame
   * @return the message; an {@link UnknownMessage} for a type that this version does not know
   * @throws MalformedMessageException if the text is not a message of the protocol
   */
  public ClientMessage decodeClient(String text) {
    return decoder.decode(text, Registry.CLIENT);
  }

  /**
   * Encodes a message.
   *
   * @param message the message
   * @return the frame: one JSON object on one line; for an {@link UnknownMessage} its raw text
   * @throws IllegalArgumentException if the message holds what a JSON text frame cannot: {@code NaN} or an infinity
   *     (an absent progress apart), half a character, a status whose text means another status, an unknown message
   *     whose raw text is not one JSON object of its type; the message names the place
   */
  public String encode(WireMessage message) {
    return FrameEncoder.encode(message);
  }
}

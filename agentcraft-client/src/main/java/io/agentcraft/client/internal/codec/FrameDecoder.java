package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.WireMessage;
import java.io.IOException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * From text to message: finds the type, then lets that type's codec read on from the same parser. Only a type that does
 * not come first costs a second parser.
 */
public final class FrameDecoder {

  private final ZoneId zone;

  /**
   * Makes a decoder.
   *
   * @param zone the zone for time texts that name none
   */
  public FrameDecoder(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Decodes one frame.
   *
   * @param text the frame
   * @param registry the types of its direction
   * @param <M> the messages of the direction
   * @return the message
   * @throws MalformedMessageException if the text is not a message
   */
  public <M extends WireMessage> M decode(String text, Registry<M> registry) {
    String type;
    try (JsonParser parser = Json.parser(text)) {
      String first = startObject(parser, text);
      type = laterType(parser, first, text);
      if ("type".equals(first)) {
        return read(parser, text, type, registry);
      }
    } catch (IOException broken) {
      throw notJson(text, broken);
    }
    try (JsonParser parser = Json.parser(text)) {
      parser.nextToken();
      return read(parser, text, type, registry);
    } catch (IOException broken) {
      throw notJson(text, broken);
    }
  }

  /** Passes the start of the frame's object, and returns the name of its first field. */
  static @Nullable String startObject(JsonParser parser, String text) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw malformed(text, "The frame is empty. A message is one JSON object.");
    }
    if (token != JsonToken.START_OBJECT) {
      throw malformed(
          text, "The frame is " + Tokens.describe(token) + ". A message is one JSON object.");
    }
    return parser.nextFieldName();
  }

  /** Reads on to the field {@code type}, and returns its text. */
  static String laterType(JsonParser parser, @Nullable String first, String text)
      throws IOException {
    String name = first;
    while (name != null && !name.equals("type")) {
      parser.nextToken();
      parser.skipChildren();
      name = parser.nextFieldName();
    }
    if (name == null) {
      throw malformed(text, "The frame has no type, so nobody can tell what it is.");
    }
    String type = parser.nextTextValue();
    if (type == null) {
      String found = Tokens.describe(parser.currentToken());
      throw malformed(text, "The frame's type is " + found + " instead of text.");
    }
    if (type.isEmpty()) {
      throw malformed(text, "The frame's type is empty.");
    }
    return type;
  }

  private <M extends WireMessage> M read(
      JsonParser parser, String text, String type, Registry<M> registry) throws IOException {
    FrameReader in = new FrameReader(parser, text, type, zone);
    try {
      M message = registry.forType(type).read(in);
      in.end();
      return message;
    } catch (MalformedMessageException malformed) {
      throw malformed;
    } catch (RuntimeException broken) {
      // Nothing known does this; a reading thread must survive what is not known, too.
      throw new MalformedMessageException(
          "The frame cannot be read: " + broken + ".", text, broken);
    }
  }

  private static MalformedMessageException malformed(String text, String problem) {
    return new MalformedMessageException(problem, text, null);
  }

  static MalformedMessageException notJson(String text, IOException broken) {
    return new MalformedMessageException(
        "The frame is not JSON: " + describe(broken), text, broken);
  }

  static String describe(IOException broken) {
    if (!(broken instanceof JsonProcessingException syntax)) {
      return broken + ".";
    }
    JsonLocation at = syntax.getLocation();
    String place =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return syntax.getOriginalMessage() + place + ".";
  }
}

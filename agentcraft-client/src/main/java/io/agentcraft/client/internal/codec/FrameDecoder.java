package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.message.WireMessage;
import java.io.IOException;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes frames: finds the type, then lets the codec of that type read on from the same parser. Only a type that is
 * not the first field costs a second parser.
 */
public final class FrameDecoder {

  private static final String TYPE_FIRST = "{\"type\":";

  /** A place in the text, where Jackson also says that the text is hidden. */
  private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ([^\\]]*)]");

  private final ZoneId zone;

  /**
   * Creates a decoder.
   *
   * @param zone the zone of times that name none
   */
  public FrameDecoder(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Decodes one frame.
   *
   * @throws MalformedMessageException if the text is not a message
   */
  public <D extends WireMessage> D decode(String text, MessageType.Direction<D> direction) {
    String type;
    try (JsonParser parser = Json.parser(text)) {
      String first = startObject(parser, text);
      type = findType(parser, first, text);
      if ("type".equals(first)) {
        return read(parser, text, type, direction);
      }
    } catch (IOException broken) {
      throw notJson(text, broken);
    }
    try (JsonParser parser = Json.parser(text)) {
      parser.nextToken();
      return read(parser, text, type, direction);
    } catch (IOException broken) {
      throw notJson(text, broken);
    }
  }

  /**
   * Returns the type of a frame and reads nothing after it. A known type that comes first, as servers write it, takes
   * no parser.
   *
   * @throws MalformedMessageException if the text, as far as it was read, is not a JSON object with a type
   */
  public static String typeOf(String text, MessageType.Direction<?> direction) {
    String known = knownTypeAtStart(text, direction);
    if (known != null) {
      return known;
    }
    // A parser of characters: copying the text into bytes would read all of it.
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      return findType(parser, startObject(parser, text), text);
    } catch (IOException broken) {
      throw notJson(text, broken);
    }
  }

  private static @Nullable String knownTypeAtStart(
      String text, MessageType.Direction<?> direction) {
    if (!text.startsWith(TYPE_FIRST)) {
      return null;
    }
    int start = TYPE_FIRST.length();
    int quote = text.startsWith(" ", start) ? start + 1 : start;
    int end = text.indexOf('"', quote + 1);
    if (end < 0 || text.charAt(quote) != '"') {
      return null;
    }
    String type = text.substring(quote + 1, end);
    return direction.isKnown(type) ? type : null;
  }

  private <D extends WireMessage> D read(
      JsonParser parser, String text, String type, MessageType.Direction<D> direction)
      throws IOException {
    FrameReader in = new FrameReader(parser, text, type, zone);
    try {
      D message = direction.find(type).read(in);
      in.end();
      return message;
    } catch (MalformedMessageException malformed) {
      throw malformed;
    } catch (RuntimeException bug) {
      // No frame is known to cause this; if one does, the thread that reads must survive it.
      throw new MalformedMessageException(
          "The frame cannot be read: " + LogText.excerpt(bug.toString()) + ".", text, bug);
    }
  }

  /** Reads the start of the frame's object, and returns the name of its first field. */
  static @Nullable String startObject(JsonParser parser, String text) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw malformed(text, "The frame is empty. A message is one JSON object.");
    }
    if (token != JsonToken.START_OBJECT) {
      throw malformed(
          text, "The frame is " + Json.describe(token) + ". A message is one JSON object.");
    }
    return parser.nextFieldName();
  }

  /** Reads on to the field {@code type}, and returns its text. */
  static String findType(JsonParser parser, @Nullable String first, String text)
      throws IOException {
    String name = first;
    while (name != null && !name.equals("type")) {
      parser.nextToken();
      parser.skipChildren();
      name = parser.nextFieldName();
    }
    if (name == null) {
      throw malformed(text, "The frame has no type.");
    }
    String type = parser.nextTextValue();
    if (type == null) {
      String found = Json.describe(parser.currentToken());
      throw malformed(text, "The frame's type is " + found + " instead of text.");
    }
    if (type.isEmpty()) {
      throw malformed(text, "The frame's type is empty.");
    }
    return type;
  }

  /** Describes a syntax error, with no more of the text than a word. */
  static String describe(IOException broken) {
    if (!(broken instanceof JsonProcessingException syntax)) {
      return LogText.excerpt(broken.toString()) + ".";
    }
    JsonLocation at = syntax.getLocation();
    String place =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    String problem = SOURCE.matcher(syntax.getOriginalMessage()).replaceAll("$1");
    return LogText.excerpt(problem) + place + ".";
  }

  /** A parser may quote a part of the text, with whatever characters are in it. */
  private static Throwable withoutText(IOException broken) {
    String message = broken instanceof JsonProcessingException syntax
        ? syntax.getOriginalMessage()
        : broken.getMessage();
    return message == null || LogText.escape(message).equals(message)
        ? broken
        : new IOException(describe(broken));
  }

  private static MalformedMessageException notJson(String text, IOException broken) {
    return new MalformedMessageException(
        "The frame is not JSON: " + describe(broken), text, withoutText(broken));
  }

  private static MalformedMessageException malformed(String text, String problem) {
    return new MalformedMessageException(problem, text, null);
  }
}

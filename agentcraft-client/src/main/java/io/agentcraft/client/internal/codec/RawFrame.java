package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.UnknownMessage;
import java.io.IOException;

/** Checks the text of an {@link UnknownMessage} before it is sent as it is. */
final class RawFrame {

  private static final String NEXT_STEP =
      " Give the whole frame as JSON text, with its type inside it.";

  private RawFrame() {}

  static void require(UnknownMessage message) {
    String raw = message.raw();
    int broken = Surrogates.firstUnpaired(raw);
    if (broken >= 0) {
      throw refused(
          message, "has an unpaired surrogate at index " + broken + ", which UTF-8 cannot hold.");
    }
    try (JsonParser parser = Json.parser(raw)) {
      String type = FrameDecoder.laterType(parser, FrameDecoder.startObject(parser, raw), raw);
      if (!type.equals(message.type())) {
        throw refused(message, "has the type \"" + type + "\".");
      }
      requireRest(message, parser);
    } catch (IOException notJson) {
      throw refused(message, "is not JSON: " + FrameDecoder.describe(notJson));
    } catch (MalformedMessageException notAMessage) {
      throw refused(message, "is not a message: " + notAMessage.getMessage());
    }
  }

  private static void requireRest(UnknownMessage message, JsonParser parser) throws IOException {
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        throw refused(message, "holds " + parser.getText() + ", which is no JSON number.");
      } else if (depth == 1
          && token == JsonToken.FIELD_NAME
          && parser.currentName().equals("type")) {
        throw refused(message, "has more than one type.");
      }
    }
    if (parser.nextToken() != null) {
      throw refused(message, "goes on after the end of its JSON object.");
    }
  }

  private static IllegalArgumentException refused(UnknownMessage message, String problem) {
    return new IllegalArgumentException("The raw text of an unknown message of type \""
        + message.type() + "\" " + problem + NEXT_STEP);
  }
}

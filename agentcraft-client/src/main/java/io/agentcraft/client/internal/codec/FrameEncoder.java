package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Encodes messages, strictly in the documented form. */
public final class FrameEncoder {

  private FrameEncoder() {}

  /**
   * Encodes one message.
   *
   * @throws IllegalArgumentException if the message holds a value that a frame cannot
   */
  public static String encode(WireMessage message) {
    if (message instanceof UnknownMessage unknown) {
      requireFrame(unknown);
      return unknown.raw();
    }
    BufferRecycler recycler = Json.FACTORY._getBufferRecycler();
    try (SegmentedStringWriter text = new SegmentedStringWriter(recycler)) {
      write(message, text);
      return text.getAndClear();
    } catch (StreamConstraintsException tooDeep) {
      throw new IllegalArgumentException(
          message.type() + ": nests deeper than the " + Json.MAX_DEPTH
              + " levels that a frame may have. Flatten its free-form JSON.",
          tooDeep);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      recycler.releaseToPool();
    }
  }

  private static void write(WireMessage message, SegmentedStringWriter text) throws IOException {
    String type = message.type();
    try (JsonGenerator generator = Json.FACTORY.createGenerator(text)) {
      generator.writeStartObject();
      generator.writeStringField("type", type);
      MessageType.write(message, new FrameWriter(generator, type));
      generator.writeEndObject();
    }
  }

  /** Checks that a raw text, which is sent as it is, is one frame of its type. */
  private static void requireFrame(UnknownMessage message) {
    String raw = message.raw();
    int unpaired = Surrogates.firstUnpaired(raw);
    if (unpaired >= 0) {
      throw Surrogates.unpaired(subject(message), unpaired);
    }
    try (JsonParser parser = Json.parser(raw)) {
      String type = FrameDecoder.findType(parser, FrameDecoder.startObject(parser, raw), raw);
      if (!type.equals(message.type())) {
        throw refused(message, "has the type \"" + Json.abbreviate(type) + "\".");
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
        throw refused(message, "holds " + parser.getText() + ", which is not a JSON number.");
      } else if (depth == 1
          && token == JsonToken.FIELD_NAME
          && parser.currentName().equals("type")) {
        throw refused(message, "has more than one type.");
      }
    }
    if (parser.nextToken() != null) {
      throw refused(message, "continues after the end of its JSON object.");
    }
  }

  private static IllegalArgumentException refused(UnknownMessage message, String problem) {
    return new IllegalArgumentException(LogText.escape(subject(message) + " " + problem)
        + " Give the whole frame as JSON text, including its type.");
  }

  private static String subject(UnknownMessage message) {
    return "The raw text of an unknown message of type \"" + Json.abbreviate(message.type()) + "\"";
  }
}

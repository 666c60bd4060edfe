package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** From message to text, strictly in the documented form. */
public final class FrameEncoder {

  private FrameEncoder() {}

  /**
   * Encodes one message.
   *
   * @param message the message
   * @return the frame
   * @throws IllegalArgumentException if it holds what JSON cannot
   */
  public static String encode(WireMessage message) {
    if (message instanceof UnknownMessage unknown) {
      RawFrame.require(unknown);
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
      Registry.codecOf(message).writeAny(message, new FrameWriter(generator, type));
      generator.writeEndObject();
    }
  }
}

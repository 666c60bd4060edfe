package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.agentcraft.client.error.MalformedMessageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the type of a frame, and looks at nothing behind it. Where it comes first, as all servers write it, that takes no
 * parser.
 */
public final class FrameType {

  private static final String START = "{\"type\":";

  private FrameType() {}

  /**
   * Returns the type.
   *
   * @param text the frame
   * @param registry the types of its direction
   * @throws MalformedMessageException if the text is no JSON object with a type, as far as it was read
   */
  public static String of(String text, Registry<?> registry) {
    String first = known(text, registry);
    if (first != null) {
      return first;
    }
    // A parser of characters: copied into bytes, all of the text would have to be looked at.
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      return FrameDecoder.laterType(parser, FrameDecoder.startObject(parser, text), text);
    } catch (IOException broken) {
      throw FrameDecoder.notJson(text, broken);
    }
  }

  /** A known type at the very start; {@code null} for all else, which a parser has to look at. */
  private static @Nullable String known(String text, Registry<?> registry) {
    if (!text.startsWith(START)) {
      return null;
    }
    int quote = text.startsWith(" ", START.length()) ? START.length() + 1 : START.length();
    int end = text.indexOf('"', quote + 1);
    if (end < 0 || text.charAt(quote) != '"') {
      return null;
    }
    String type = text.substring(quote + 1, end);
    return registry.isKnown(type) ? type : null;
  }
}

package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.internal.json.ImmutableList;
import io.agentcraft.client.internal.json.ImmutableMap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads free-form JSON. It recurses, as deep as {@link Json#MAX_DEPTH} lets the parser go. */
final class FreeJsonReader {

  private FreeJsonReader() {}

  /** The parser's current value. */
  static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      default -> null;
    };
  }

  static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    ImmutableMap.Builder fields = new ImmutableMap.Builder();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields.build();
  }

  static List<@Nullable Object> list(JsonParser parser) throws IOException {
    ImmutableList.Builder elements = new ImmutableList.Builder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements.build();
  }

  private static Number fraction(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isInfinite(value) || parser.isNaN()) {
      return value;
    }
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException exponentTooLarge) {
      return value;
    }
  }
}

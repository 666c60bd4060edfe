package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.guard.ImmutableJson.JsonArray;
import io.agentcraft.client.internal.guard.ImmutableJson.JsonObject;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one frame. A scalar of another kind is converted or counts as absent; an object or a list in the
 * place of a scalar, or the reverse, makes the frame malformed.
 */
final class FrameReader {

  private final JsonParser parser;
  private final String text;
  private final String type;
  private final ZoneId zone;

  /**
   * Creates a reader.
   *
   * @param parser a parser of the text, inside the frame's object
   * @param type the frame's type
   * @param zone the zone of times that name none
   */
  FrameReader(JsonParser parser, String text, String type, ZoneId zone) {
    this.parser = parser;
    this.text = text;
    this.type = type;
    this.zone = zone;
  }

  /** Reads an object from its first field to its end. */
  @FunctionalInterface
  interface ObjectReader<T> {
    T read(FrameReader in) throws IOException;
  }

  String type() {
    return type;
  }

  String rawText() {
    return text;
  }

  /** Returns the name of the next field of the current object; {@code null} at its end. */
  @Nullable
  String nextField() throws IOException {
    return parser.nextFieldName();
  }

  /** Skips the value of an unknown field. */
  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  /** Skips a field of the frame's own object, where a second, different type is an error. */
  void skipField(String name) throws IOException {
    if (name.equals("type")) {
      String again = parser.nextTextValue();
      if (!type.equals(again)) {
        throw malformed("The frame has two types: " + Json.abbreviate(type) + " and "
            + (again != null ? Json.abbreviate(again) : found()) + ".");
      }
      return;
    }
    skip();
  }

  /** Skips all fields of the frame's own object that are left. */
  void skipFields() throws IOException {
    for (String name = nextField(); name != null; name = nextField()) {
      skipField(name);
    }
  }

  /** Reads text; empty for null. */
  String text() throws IOException {
    String value = optionalText();
    return value != null ? value : "";
  }

  /** Reads text; {@code null} for null. */
  @Nullable
  String optionalText() throws IOException {
    String value = parser.nextTextValue();
    return value != null ? value : scalarAsText();
  }

  private @Nullable String scalarAsText() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return parser.getText();
    }
    throw unexpected("text");
  }

  /** Reads a number; {@code NaN} for null and for any other scalar that is not a number. */
  double number() throws IOException {
    JsonToken token = parser.nextToken();
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      return Numbers.parse(parser.getText());
    }
    if (token.isScalarValue()) {
      return Double.NaN;
    }
    throw unexpected("a number");
  }

  /** Reads a whole number and clamps it to an {@code int}; {@code null} for any other scalar. */
  @Nullable
  Integer integer() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT) {
      return parser.getIntValue();
    }
    if (token.isNumeric()) {
      return Numbers.toInteger(parser.getDoubleValue());
    }
    if (token == JsonToken.VALUE_STRING) {
      return Numbers.toInteger(Numbers.parse(parser.getText()));
    }
    if (token.isScalarValue()) {
      return null;
    }
    throw unexpected("a whole number");
  }

  /** Reads a time; {@code null} for null. */
  @Nullable
  WireTime time() throws IOException {
    String value = parser.nextTextValue();
    if (value != null) {
      return WireTime.ofText(value, zone);
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isNumeric()) {
      return WireTime.ofSeconds(parser.getDoubleValue());
    }
    throw unexpected("a number or text");
  }

  /** Reads an object; {@code null} for null. */
  <T> @Nullable T object(ObjectReader<T> reader) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return element(token, reader);
  }

  /** Reads a list of objects without its nulls; empty for null. */
  <T> List<T> objects(ObjectReader<T> reader) throws IOException {
    if (!startList()) {
      return List.of();
    }
    List<T> list = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_NULL) {
        list.add(element(token, reader));
      }
    }
    return list;
  }

  /** Reads a list of texts without its nulls; empty for null. */
  List<String> texts() throws IOException {
    if (!startList()) {
      return List.of();
    }
    List<String> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String value = scalarAsText();
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  /** Reads a free-form object; {@code null} for null. */
  @Nullable
  Map<String, @Nullable Object> freeObject() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_OBJECT) {
      throw unexpected("an object");
    }
    return currentObject();
  }

  /** Reads a free-form object; empty for any other value. */
  Map<String, @Nullable Object> freeObjectOrEmpty() throws IOException {
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      return currentObject();
    }
    parser.skipChildren();
    return Map.of();
  }

  /** Reads a free-form list with its nulls; empty for null, and a list of one for any other value. */
  List<@Nullable Object> freeList() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      return currentList();
    }
    Object value = currentValue();
    return value == null ? List.of() : List.of(value);
  }

  /** Reads details, which may be any JSON; {@code null} for null. */
  @Nullable
  Details details() throws IOException {
    parser.nextToken();
    Object value = currentValue();
    return value == null ? null : new Details(value);
  }

  /** Returns the value of a required field, if it is there. */
  <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw malformed("The frame has no " + type + "." + field + ", which is required.");
    }
    return value;
  }

  /** Checks that nothing follows the frame's object. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw malformed("Something follows the end of the frame's JSON object: " + found() + ".");
    }
  }

  private boolean startList() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL) {
      throw unexpected("a list");
    }
    return token == JsonToken.START_ARRAY;
  }

  private <T> T element(JsonToken token, ObjectReader<T> reader) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw unexpected("an object");
    }
    return reader.read(this);
  }

  // Free-form JSON is read recursively, as deep as Json.MAX_DEPTH lets the parser go.

  private @Nullable Object currentValue() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> currentFraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> currentObject();
      case START_ARRAY -> currentList();
      default -> null;
    };
  }

  private Map<String, @Nullable Object> currentObject() throws IOException {
    JsonObject.Builder fields = new JsonObject.Builder();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, currentValue());
    }
    return fields.build();
  }

  private List<@Nullable Object> currentList() throws IOException {
    JsonArray.Builder elements = new JsonArray.Builder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(currentValue());
    }
    return elements.build();
  }

  private Number currentFraction() throws IOException {
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

  private MalformedMessageException unexpected(String expected) {
    String path = Json.path(type, parser);
    return malformed(path + ": expected " + expected + ", but found " + found() + ".");
  }

  private String found() {
    return Json.describe(parser.currentToken());
  }

  private MalformedMessageException malformed(String problem) {
    return new MalformedMessageException(problem, text, null);
  }
}

package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame, read from an open parser. Scalars of another kind are converted or count as absent; an
 * object or a list in the place of a scalar, or the other way round, makes the frame malformed.
 */
final class FrameReader {

  private final JsonParser parser;
  private final String text;
  private final String type;
  private final ZoneId zone;

  FrameReader(JsonParser parser, String text, String type, ZoneId zone) {
    this.parser = parser;
    this.text = text;
    this.type = type;
    this.zone = zone;
  }

  /** Reads one object, from its first field to its end. */
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

  /** The name of the next field of the current object; {@code null} at its end. */
  @Nullable
  String nextField() throws IOException {
    return parser.nextFieldName();
  }

  /** Passes over the value of a field that nobody knows. */
  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  /** Passes over a field of the frame itself; only a second, different type is an error. */
  void skipField(String name) throws IOException {
    if (name.equals("type")) {
      String again = parser.nextTextValue();
      if (!type.equals(again)) {
        throw malformed(
            "The frame has two types: " + type + " and " + (again != null ? again : found()) + ".");
      }
      return;
    }
    skip();
  }

  /** Text; empty for null. */
  String text() throws IOException {
    String value = optionalText();
    return value != null ? value : "";
  }

  /** Text; {@code null} for null. */
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
    throw wrong("text");
  }

  /** A number; {@code NaN} for null and for what is no number. */
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
    throw wrong("a number");
  }

  /** A whole number, clamped to an {@code int}; {@code null} for null and for what is no whole number. */
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
    throw wrong("a whole number");
  }

  /** A time; {@code null} for null. */
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
    throw wrong("a number or text");
  }

  /** An object; {@code null} for null. */
  <T> @Nullable T object(ObjectReader<T> reader) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return element(token, reader);
  }

  /** A list of objects, without its nulls; empty for null. */
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

  /** A list of texts, without its nulls; empty for null. */
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

  /** Free JSON that is an object; {@code null} for null. */
  @Nullable
  Map<String, @Nullable Object> freeObject() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_OBJECT) {
      throw wrong("an object");
    }
    return FreeJsonReader.object(parser);
  }

  /** A list of free JSON, with its nulls; empty for null. Anything else is a list of one. */
  List<@Nullable Object> freeList() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      return FreeJsonReader.list(parser);
    }
    Object value = FreeJsonReader.value(parser);
    return value == null ? List.of() : List.of(value);
  }

  /** Details, which are any JSON; {@code null} for null. */
  @Nullable
  Details details() throws IOException {
    parser.nextToken();
    Object value = FreeJsonReader.value(parser);
    return value == null ? null : new Details(value);
  }

  /** Returns the value, or tells that the field that must be there is missing. */
  <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw malformed("The frame has no " + type + "." + field + ", which its receiver needs.");
    }
    return value;
  }

  /** Makes sure that nothing follows the frame's object. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw malformed("Something follows the end of the frame's JSON object: " + found() + ".");
    }
  }

  private boolean startList() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL) {
      throw wrong("a list");
    }
    return token == JsonToken.START_ARRAY;
  }

  private <T> T element(JsonToken token, ObjectReader<T> reader) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw wrong("an object");
    }
    return reader.read(this);
  }

  private MalformedMessageException wrong(String expected) {
    String path = JsonPath.of(type, parser);
    return malformed(path + ": expected " + expected + ", but found " + found() + ".");
  }

  private String found() {
    return Tokens.describe(parser.currentToken());
  }

  private MalformedMessageException malformed(String problem) {
    return new MalformedMessageException(problem, text, null);
  }
}

package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.agentcraft.client.internal.guard.LogText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The factory of all parsers and generators with its limits, and the names that errors give to tokens and places. */
final class Json {

  /** The maximum depth of a frame. Reading free-form JSON of this depth recursively fits a stack of 512 kB. */
  static final int MAX_DEPTH = 500;

  private static final int ERROR_TOKEN_LENGTH = 64;

  /** From this length on, copying the text into bytes pays: Jackson's byte parser finds field names faster. */
  private static final int MIN_LENGTH_FOR_BYTES = 512;

  private static final int MAX_NAME_LENGTH = 64;

  static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .streamWriteConstraints(
          StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .errorReportConfiguration(ErrorReportConfiguration.builder()
          .maxErrorTokenLength(ERROR_TOKEN_LENGTH)
          .maxRawContentLength(0)
          .build())
      .recyclerPool(new BufferPool())
      // Python's json writes NaN, Infinity and -Infinity.
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      // Frames may hold what must not reach a log through the message of an exception.
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .build();

  private Json() {}

  /** Creates a parser of a whole text. */
  static JsonParser parser(String text) throws IOException {
    // For bytes that begin otherwise, Jackson would look for a byte order mark, UTF-16 and UTF-32.
    boolean asBytes =
        text.length() >= MIN_LENGTH_FOR_BYTES && text.charAt(0) == '{' && text.charAt(1) != 0;
    return asBytes
        ? FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))
        : FACTORY.createParser(text);
  }

  /** Names a token for an error message; {@code null} is the end of the text. */
  static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "the end of the text";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "the end of an object or a list";
    };
  }

  /** Returns the path of the parser's current value, for example {@code session_logs.logs[3].message}. */
  static String path(String type, JsonParser parser) {
    JsonStreamContext context = parser.getParsingContext();
    JsonToken token = parser.currentToken();
    // At the start of an object or a list, the context is already the one inside it.
    return path(type, token != null && token.isStructStart() ? context.getParent() : context);
  }

  /** Returns the path of the value that a generator writes next. */
  static String nextPath(String type, JsonStreamContext context) {
    if (context.inArray()) {
      int next = context.getCurrentIndex() + (context.hasCurrentIndex() ? 1 : 0);
      return path(type, context.getParent()) + "[" + next + "]";
    }
    return path(type, context);
  }

  /** Returns the path of the latest value in a context. */
  static String path(String type, @Nullable JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
      if (at.inArray()) {
        path.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.hasCurrentName()) {
        path.insert(0, "." + abbreviate(at.getCurrentName()));
      }
    }
    return abbreviate(type) + path;
  }

  /** Shortens a name or a type for an error message. */
  static String abbreviate(String name) {
    return LogText.beginning(name, MAX_NAME_LENGTH);
  }
}

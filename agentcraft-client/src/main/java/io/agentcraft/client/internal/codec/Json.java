package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The one factory of parsers and generators, and its limits. */
final class Json {

  /** How deep a frame may nest; the recursion over free JSON at this depth fits a 512 kB stack. */
  static final int MAX_DEPTH = 500;

  private static final int ERROR_TOKEN_LENGTH = 64;

  /** From this length on it pays to copy the text into bytes: Jackson's parser of bytes finds the names of fields faster. */
  private static final int BYTES_PAY = 512;

  static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .streamWriteConstraints(
          StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .errorReportConfiguration(ErrorReportConfiguration.builder()
          .maxErrorTokenLength(ERROR_TOKEN_LENGTH)
          .maxRawContentLength(0)
          .build())
      // Python's json writes NaN, Infinity and -Infinity.
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      // Frames may hold what must not reach a log by way of an exception's message.
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .build();

  private Json() {}

  /** Opens a parser of a text. */
  static JsonParser parser(String text) throws IOException {
    // Given other bytes at the start, Jackson would look for a byte order mark, and for UTF-16 and
    // UTF-32.
    boolean isUtf8 = text.length() >= BYTES_PAY && text.charAt(0) == '{' && text.charAt(1) != 0;
    return isUtf8
        ? FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))
        : FACTORY.createParser(text);
  }
}

package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** The one factory of parsers and generators, and its limits. */
final class Json {

  /** How deep a frame may nest; the recursion over free JSON at this depth fits a 512 kB stack. */
  static final int MAX_DEPTH = 500;

  private static final int ERROR_TOKEN_LENGTH = 64;

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
}

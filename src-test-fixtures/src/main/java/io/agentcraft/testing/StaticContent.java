package io.agentcraft.testing;

import java.util.Objects;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ReferenceServer} answers to {@code GET} at a path beside the protocol's own, such as a page that is a client
 * of the server. Immutable.
 *
 * @see ReferenceServerBuilder#content
 */
public final class StaticContent {

  private final Headers headers;
  private final ByteString body;

  private StaticContent(Headers headers, ByteString body) {
    this.headers = headers;
    this.body = body;
  }

  /**
   * Creates content with no headers except its type and length.
   *
   * @param contentType the media type, such as {@code text/html; charset=utf-8}
   * @param body the bytes; copied
   * @return the content
   */
  public static StaticContent of(String contentType, byte[] body) {
    return new StaticContent(
        Headers.of("Content-Type", Objects.requireNonNull(contentType, "contentType")),
        ByteString.of(body));
  }

  /**
   * Returns this content with one more header.
   *
   * @param name the header's name, such as {@code Content-Security-Policy}
   * @param value its value
   * @return the content with the header
   * @throws IllegalArgumentException if name or value is not allowed in a header
   */
  public StaticContent withHeader(String name, String value) {
    return new StaticContent(headers.newBuilder().add(name, value).build(), body);
  }

  /** Answers a request; with the body even if it is {@code HEAD}. */
  MockResponse answer(@Nullable String method) {
    if (!"GET".equals(method) && !"HEAD".equals(method)) {
      return new MockResponse.Builder()
          .code(405)
          .setHeader("Allow", "GET, HEAD")
          .build();
    }
    return new MockResponse.Builder()
        .headers(headers)
        .body(new Buffer().write(body))
        .build();
  }
}

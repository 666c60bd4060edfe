package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.StaticRoutes;
import java.util.Objects;
import okhttp3.Headers;
import okio.ByteString;

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
   * Makes content without headers but its type and length.
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
   * Returns the same content with one header more.
   *
   * @param name the header's name, such as {@code Content-Security-Policy}
   * @param value its value
   * @return the content with the header
   * @throws IllegalArgumentException if this can't be a header
   */
  public StaticContent withHeader(String name, String value) {
    return new StaticContent(headers.newBuilder().add(name, value).build(), body);
  }

  StaticRoutes.Entry entry() {
    return new StaticRoutes.Entry(headers, body);
  }
}

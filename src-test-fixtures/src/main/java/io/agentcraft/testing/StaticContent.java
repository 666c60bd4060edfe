package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.StaticRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okio.ByteString;

/**
 * What a {@link ReferenceServer} answers to {@code GET} at a path beside the protocol's own, such as a page that is a client
 * of the server. Immutable.
 *
 * @see ReferenceServerBuilder#content
 */
public final class StaticContent {

  private final List<String> headers;
  private final ByteString body;

  private StaticContent(List<String> headers, ByteString body) {
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
        List.of("Content-Type", Objects.requireNonNull(contentType, "contentType")),
        ByteString.of(body));
  }

  /**
   * Returns the same content with one header more.
   *
   * @param name the header's name, such as {@code Content-Security-Policy}
   * @param value its value
   * @return the content with the header
   */
  public StaticContent withHeader(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(Objects.requireNonNull(name, "name"));
    more.add(Objects.requireNonNull(value, "value"));
    return new StaticContent(List.copyOf(more), body);
  }

  StaticRoutes.Entry entry() {
    return new StaticRoutes.Entry(headers, body);
  }
}

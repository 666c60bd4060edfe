package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where the WebSocket endpoint may be: the URL of a handshake up to the client id.
 *
 * @param base scheme {@code ws} or {@code wss}, host, port and path, without a trailing slash; shown in reports
 * @param query the query with its question mark, or empty; never shown, since it may contain secrets
 */
record Endpoint(String base, String query) {

  private static final List<String> PATHS = List.of("/ws/agent-tracking", "/api/ws/agent-tracking");

  /** Returns the endpoints that a URL stands for: both known paths if it has none. Takes a URL that the client accepts. */
  static List<Endpoint> of(String url) {
    HttpUrl parsed = HttpUrl.get(http(url));
    String query = parsed.encodedQuery() == null ? "" : "?" + parsed.encodedQuery();
    String origin = origin(url).replaceFirst("^http", "ws");
    List<String> segments =
        parsed.encodedPathSegments().stream().filter(one -> !one.isEmpty()).toList();
    if (segments.isEmpty()) {
      return PATHS.stream().map(path -> new Endpoint(origin + path, query)).toList();
    }
    String last = segments.get(segments.size() - 1);
    boolean namesClient = ClientIds.isValid(last) || last.matches("%7[Bb].*%7[Dd]");
    Stream<String> path =
        segments.stream().limit(namesClient ? segments.size() - 1 : segments.size());
    return List.of(
        new Endpoint(origin + path.map(one -> "/" + one).reduce("", String::concat), query));
  }

  /**
   * Returns what HTTP paths are appended to, without a trailing slash: the URL up to the end of the path that both known ones
   * share. Null for other paths: what is below the bare host may belong to somebody else.
   */
  static @Nullable String defaultHttpBase(String url) {
    String base = of(url).get(0).base().replaceFirst("^ws", "http");
    String prefix = base.replaceFirst("(/api)?/ws/agent-tracking$", "");
    return prefix.equals(base) ? null : prefix;
  }

  private static String origin(String url) {
    HttpUrl parsed = HttpUrl.get(http(url));
    HttpUrl root = new HttpUrl.Builder()
        .scheme(parsed.scheme())
        .host(parsed.host())
        .port(parsed.port())
        .build();
    return withoutSlash(root.toString());
  }

  /** Returns a URL to append paths to. Takes what the client accepts. */
  static String httpBaseUrl(String url) {
    return withoutSlash(http(url));
  }

  String urlFor(String clientId) {
    return base + "/" + clientId + query;
  }

  @Override
  public String toString() {
    return base;
  }

  private static String http(String url) {
    return url.trim().replaceFirst("(?i)^ws", "http");
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}

package io.agentcraft.testing.internal.raw;

import io.agentcraft.client.connection.ClientIds;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint may be: the URL of a handshake up to the client id.
 *
 * @param base scheme {@code ws} or {@code wss}, host, port and path, without a slash at the end: what reports show
 * @param query the query with its question mark, or empty; may hold secrets, so it is never shown
 */
public record Place(String base, String query) {

  private static final List<String> PATHS = List.of("/ws/agent-tracking", "/api/ws/agent-tracking");

  /** The places that a URL stands for: both known paths if it has none. Takes a URL that the client accepts. */
  public static List<Place> of(String url) {
    HttpUrl parsed = HttpUrl.get(http(url));
    String query = parsed.encodedQuery() == null ? "" : "?" + parsed.encodedQuery();
    String origin = origin(url).replaceFirst("^http", "ws");
    List<String> segments =
        parsed.encodedPathSegments().stream().filter(one -> !one.isEmpty()).toList();
    if (segments.isEmpty()) {
      return PATHS.stream().map(path -> new Place(origin + path, query)).toList();
    }
    boolean namesClient = ClientIds.isValid(segments.get(segments.size() - 1));
    Stream<String> path =
        segments.stream().limit(namesClient ? segments.size() - 1 : segments.size());
    return List.of(
        new Place(origin + path.map(one -> "/" + one).reduce("", String::concat), query));
  }

  /**
   * What HTTP paths are appended to, without a slash at the end: the URL up to the end of the path that both known ones
   * share. Null for a path with another end: below the bare host anything may be somebody else's.
   */
  public static @Nullable String httpBaseBeside(String url) {
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

  /** A URL to append paths to. Takes what the client accepts. */
  public static String httpBaseUrl(String url) {
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

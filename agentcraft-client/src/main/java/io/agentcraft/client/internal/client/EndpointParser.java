package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.internal.connection.Endpoints;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import io.agentcraft.client.internal.guard.LogText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads the URL of a server: ws, wss, http or https, with a path or without. */
public final class EndpointParser {

  private static final List<String> DEFAULT_PATHS =
      List.of("/ws/agent-tracking", "/api/ws/agent-tracking");

  /** What the protocol's document ends the URL with, as {@link HttpUrl} encodes it. */
  private static final Pattern CLIENT_ID_PLACEHOLDER = Pattern.compile("%7[Bb].*%7[Dd]");

  /** No host after the scheme: {@link HttpUrl} would skip slashes and take what follows for the host. */
  private static final Pattern NO_HOST = Pattern.compile("(?s)(?:[^/\\\\?#]*@)?+(?:[:/\\\\?#].*)?");

  private EndpointParser() {}

  /**
   * A parsed URL.
   *
   * @param origin scheme, host and port as an HTTP URL, without a trailing slash
   * @param httpBaseUrl what HTTP addresses begin with, without a trailing slash: the origin and what is in the path before the
   *     known end of a socket's path; {@code null} for a path with another end, as anything below the bare host may be
   *     somebody else's
   * @param clientId the client id that the URL ends with; {@code null} if it ends with none
   */
  public record Parsed(
      Endpoints endpoints,
      String origin,
      @Nullable String httpBaseUrl,
      @Nullable String clientId) {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it cannot be a server's; the message shows one that can
   */
  public static Parsed parse(String url) {
    HttpUrl parsed = httpUrl(url);
    String origin = origin(parsed);
    String web = origin.replaceFirst("^http", "ws");
    String query = parsed.encodedQuery() == null ? "" : "?" + parsed.encodedQuery();
    List<String> segments = segments(parsed);
    if (segments.isEmpty()) {
      return new Parsed(
          Endpoints.of(DEFAULT_PATHS.stream()
              .map(path -> new Endpoint(web + path, query))
              .toList()),
          origin,
          origin,
          null);
    }
    String last = segments.get(segments.size() - 1);
    // The document writes URLs with the client id at their end: such a URL is taken as it is.
    boolean namesClient = ClientIds.isValid(last);
    String path = path(namesClient ? segments.subList(0, segments.size() - 1) : segments);
    return new Parsed(
        Endpoints.of(List.of(new Endpoint(web + path, query))),
        origin,
        httpBaseUrl(origin, path),
        namesClient ? last : null);
  }

  private static List<String> segments(HttpUrl url) {
    List<String> segments =
        url.encodedPathSegments().stream().filter(s -> !s.isEmpty()).toList();
    int last = segments.size() - 1;
    return last >= 0 && CLIENT_ID_PLACEHOLDER.matcher(segments.get(last)).matches()
        ? segments.subList(0, last)
        : segments;
  }

  private static @Nullable String httpBaseUrl(String origin, String path) {
    // The longer one first: it ends in the other.
    for (String end : List.of(DEFAULT_PATHS.get(1), DEFAULT_PATHS.get(0))) {
      if (path.endsWith(end)) {
        return origin + path.substring(0, path.length() - end.length());
      }
    }
    return null;
  }

  private static String path(List<String> segments) {
    return segments.stream().map(segment -> "/" + segment).reduce("", String::concat);
  }

  /**
   * Reads the base URL of the HTTP endpoints; ws stands for http, and wss for https.
   *
   * @throws IllegalArgumentException if it cannot be one; the message shows one that can
   */
  public static String httpBaseUrl(String url) {
    HttpUrl parsed = httpUrl(url);
    if (parsed.encodedQuery() != null) {
      throw new IllegalArgumentException("The httpBaseUrl of host " + parsed.host()
          + " has a query, but published updates are posted without one. Leave it out, and put"
          + " credentials into token(…), tokenProvider(…) or header(…).");
    }
    String path = parsed.encodedPath();
    return origin(parsed) + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }

  private static HttpUrl httpUrl(String url) {
    String trimmed = url.trim();
    int colon = trimmed.indexOf("://");
    String scheme = colon < 0 ? "" : trimmed.substring(0, colon).toLowerCase(Locale.ROOT);
    String http = switch (scheme) {
      case "ws", "http" -> "http";
      case "wss", "https" -> "https";
      default ->
        throw new IllegalArgumentException("The URL \"" + shown(trimmed)
            + "\" does not begin with ws://, wss://, http:// or https://."
            + " Write it like ws://localhost:8000.");
    };
    if (NO_HOST.matcher(trimmed.substring(colon + "://".length())).matches()) {
      throw new IllegalArgumentException(
          "The URL \"" + shown(trimmed) + "\" has no host. Write it like ws://localhost:8000.");
    }
    HttpUrl parsed = HttpUrl.parse(http + trimmed.substring(colon));
    if (parsed == null) {
      throw new IllegalArgumentException(
          "The URL \"" + shown(trimmed)
              + "\" cannot be read: host or port is missing or wrong. Write it like ws://localhost:8000.");
    }
    if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
      throw new IllegalArgumentException("The URL of host " + parsed.host()
          + " has a user name or password in it, which WebSocket handshakes do not send."
          + " Use token(…), tokenProvider(…) or header(…) instead.");
    }
    if (parsed.encodedFragment() != null) {
      throw new IllegalArgumentException("The URL of host " + parsed.host()
          + " has a fragment (the part from # on), which is never sent. Leave it out; a # that belongs to"
          + " the path or the query is written %23.");
    }
    return parsed;
  }

  private static String origin(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    boolean defaultPort = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + host + (defaultPort ? "" : ":" + url.port());
  }

  /** Removes the parts that may hold secrets. */
  private static String shown(String url) {
    String withoutQuery = url.replaceFirst("(?s)[?#].*", "");
    return LogText.excerpt(withoutQuery.replaceFirst("(?s)^(\\w+:/+)?.*@", "$1…@"));
  }
}

package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import java.time.Instant;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Explains an HTTP answer that refuses a request, as far as the answer tells more than its status. */
public final class Refusals {

  /** Statuses that only a server gives, also through a proxy. */
  private static final Set<Integer> OF_SERVERS = Set.of(401, 429);

  private Refusals() {}

  /** Returns why a handshake failed, with an explanation if the answer tells more than its status. */
  static HandshakeRefused ofHandshake(Response answer, Instant now) {
    String proxy = byProxy(answer);
    String target = redirectTarget(answer);
    return new HandshakeRefused(
        answer.code(),
        RetryAfter.parse(answer.header("Retry-After"), now),
        proxy != null
            ? proxy
            : target != null
                ? "redirects are not followed. Give the URL that it redirects to: " + target
                : "");
  }

  /** Returns the proxy's part in the answer; {@code null} if it has none. */
  public static @Nullable String byProxy(Response answer) {
    ProxyTrace.Via via = answer.request().tag(ProxyTrace.Via.class);
    if (via == null || answer.isRedirect() || OF_SERVERS.contains(answer.code())) {
      return null;
    }
    String proxy = "the proxy " + via.proxy();
    HttpUrl server = answer.request().url();
    if (answer.code() == 407) {
      return proxy + " requires a user name and a password, or refused those that it was given."
          + " Give them with proxyAuthenticator(…) of the OkHttpClient";
    }
    if (via.tunnel()) {
      return proxy + " did not connect to " + server.host() + ":" + server.port()
          + ", which it cannot reach or does not allow";
    }
    if (answer.code() == 501) {
      return proxy + " does not pass on WebSockets without TLS. Use wss://, or no proxy for "
          + server.host();
    }
    return proxy + " may have answered instead of the server. Check that it reaches "
        + server.host() + ":" + server.port()
        + " and passes on WebSockets, which most do with wss:// only";
  }

  /** Returns where the answer redirects to, without what may be secret; {@code null} if nowhere. */
  public static @Nullable String redirectTarget(Response answer) {
    if (answer.code() < 300 || answer.code() >= 400) {
      return null;
    }
    String location = answer.header("Location", "");
    // A server of WebSockets may name one, which OkHttp does not parse.
    HttpUrl target =
        answer.request().url().resolve(location.replaceFirst("(?i)^ws(?=s?:)", "http"));
    if (location.isBlank() || target == null) {
      return null;
    }
    HttpUrl.Builder shown =
        target.newBuilder().username("").password("").query(null).fragment(null);
    int last = target.pathSize() - 1;
    if (ClientIds.isValid(target.pathSegments().get(last))) {
      shown.removePathSegment(last);
    }
    return shown.build().toString().replaceFirst("/$", "");
  }
}

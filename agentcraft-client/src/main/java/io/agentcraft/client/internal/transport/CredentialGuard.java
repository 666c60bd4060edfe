package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps credentials from where they must not go, whatever the interceptors and the authenticator of the caller's OkHttp
 * client make of a request: from another server than the request was for, and from the clear.
 */
public final class CredentialGuard implements Interceptor {

  private static final String HEADER = "Authorization";

  private final boolean plaintextAllowed;

  private CredentialGuard(boolean plaintextAllowed) {
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Copies a caller's client, without redirects and with guards behind everything that it does to a request.
   *
   * @param base the caller's client
   * @param plaintextAllowed whether credentials may travel unencrypted to another machine
   */
  public static OkHttpClient.Builder copyOf(OkHttpClient base, boolean plaintextAllowed) {
    CredentialGuard guard = new CredentialGuard(plaintextAllowed);
    Authenticator callers = base.authenticator();
    return base.newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .authenticator((route, response) -> {
          Request next = callers.authenticate(route, response);
          return next == null ? null : guard.checked(next, response.request());
        })
        .addInterceptor(guard)
        // Not asked about WebSockets, but about posts: behind the caller's own network
        // interceptors.
        .addNetworkInterceptor(guard);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(checked(chain.request(), chain.call().request()));
  }

  private Request checked(Request request, Request asked) throws IOException {
    HttpUrl url = request.url();
    String credentials = request.header(HEADER);
    if (credentials == null) {
      return request;
    }
    if (isOurs(credentials, asked) && !isSameServer(url, asked.url())) {
      throw new CredentialException(
          "an interceptor or the authenticator of the OkHttpClient sent the"
              + " request on to " + server(url) + ", but its token is for " + server(asked.url())
              + " only. Give the client the URL of the server that it is to talk to");
    }
    if (!plaintextAllowed && !url.isHttps() && !Loopback.isNamedBy(url.host())) {
      throw new CredentialException(
          "an interceptor or the authenticator of the OkHttpClient would send"
              + " a token unencrypted to " + url.host()
              + ". Use wss://, or allowTokenOverPlaintext() if you accept that");
    }
    return request;
  }

  private static boolean isOurs(@Nullable String credentials, Request asked) {
    return Objects.equals(credentials, asked.header(HEADER));
  }

  private static boolean isSameServer(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }

  private static String server(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }
}

package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps credentials from where they must not go, whatever the interceptors and the authenticator of the caller's OkHttp
 * client make of a request: from another server than the request was for, and from the clear.
 */
public final class CredentialGuard implements Interceptor {

  private static final String TOKEN = "Authorization";

  /** Headers that are always secrets; of others nobody but the caller can tell. */
  private static final List<String> CREDENTIALS = List.of(TOKEN, "Proxy-Authorization", "Cookie");

  private final boolean plaintextAllowed;

  private CredentialGuard(boolean plaintextAllowed) {
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Copies a caller's client, without redirects and with guards behind everything that it does to a request: for the
   * credentials that go, and for the answer that comes.
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
        .addInterceptor(new AnswerGuard())
        // Not asked about WebSockets, but about posts: behind the caller's own network
        // interceptors.
        .addNetworkInterceptor(guard);
  }

  /** Tells whether a header is always a secret. */
  public static boolean isCredential(String header) {
    return CREDENTIALS.stream().anyMatch(header::equalsIgnoreCase);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(checked(chain.request(), chain.call().request()));
  }

  private Request checked(Request request, Request asked) throws IOException {
    HttpUrl url = request.url();
    if (!isSameServer(url, asked.url()) && takesOursAlong(request, asked)) {
      throw new CredentialException(
          "an interceptor or the authenticator of the OkHttpClient sent the"
              + " request on to " + server(url) + ", but its token is for " + server(asked.url())
              + " only. Give the client the URL of the server that it is to talk to");
    }
    boolean hasToken = request.header(TOKEN) != null;
    if (hasToken && !plaintextAllowed && !url.isHttps() && !Loopback.isNamedBy(url.host())) {
      throw new CredentialException(
          "an interceptor or the authenticator of the OkHttpClient would send"
              + " a token unencrypted to " + url.host()
              + ". Use wss://, or allowTokenOverPlaintext() if you accept that");
    }
    return request;
  }

  /** All values of a header, not only the last: an interceptor may have added another. */
  private static boolean takesOursAlong(Request request, Request asked) {
    return CREDENTIALS.stream()
        .anyMatch(name -> request.headers(name).stream().anyMatch(asked.headers(name)::contains));
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

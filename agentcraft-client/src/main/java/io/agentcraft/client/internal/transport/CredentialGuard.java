package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
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
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\." + BYTE + "){3}");

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
        .addInterceptor(new ResponseGuard())
        // Called for posts only, not for WebSockets: after the caller's own network interceptors.
        .addNetworkInterceptor(guard);
  }

  /** Returns whether a header is always a secret. */
  public static boolean isCredential(String header) {
    return CREDENTIALS.stream().anyMatch(header::equalsIgnoreCase);
  }

  /**
   * Returns whether a host is this machine, whatever a name server says. Names below {@code localhost} are not taken for it:
   * systems ask name servers for them.
   *
   * @param host a host as OkHttp writes it: in lower case, IPv6 without brackets and in its shortest form
   */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || IPV4_LOOPBACK.matcher(host).matches();
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
    if (hasToken && !plaintextAllowed && !url.isHttps() && !isLoopback(url.host())) {
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

  /** A request was not sent, because its credentials would have gone where they must not. */
  static final class CredentialException extends IOException {

    private static final long serialVersionUID = 1L;

    CredentialException(String message) {
      super(message);
    }
  }
}

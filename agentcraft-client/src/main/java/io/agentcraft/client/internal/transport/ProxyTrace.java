package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Watches which proxy a call goes through, if any, so that nobody takes what the proxy did for the server's doing. */
final class ProxyTrace extends EventListener {

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  /** OkHttp tells why a proxy opens no tunnel only in its messages. */
  private static final String NOT_AUTHENTICATED = "Failed to authenticate with proxy";

  private static final Pattern TUNNEL_REFUSED =
      Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

  // Events come on the call's thread as a rule, but OkHttp connects on others.
  private volatile @Nullable Proxy proxy;
  private volatile boolean passed;

  static ProxyTrace of(Call call) {
    ProxyTrace trace = new ProxyTrace();
    ResponseGuard.listen(call, trace);
    return trace;
  }

  /**
   * A response's tag: it came from this proxy, or through it in the clear.
   *
   * @param proxy host and port
   * @param tunnel whether it is the answer to {@code CONNECT}, and thus the proxy's own
   */
  record Via(String proxy, boolean tunnel) {}

  /** Tags a response that the proxy may have given. One that came through a tunnel is the server's. */
  Response tagged(Response response) {
    return proxy == null || passed
        ? response
        : tagged(response.newBuilder(), response.request(), false);
  }

  /**
   * Returns the answer of a proxy that opened no tunnel.
   *
   * @throws IOException if the failure is another, with the proxy's name if it is the proxy's
   */
  Response refusal(Request request, IOException failure) throws IOException {
    if (proxy == null || passed) {
      throw failure;
    }
    String message = String.valueOf(failure.getMessage());
    Matcher refused = TUNNEL_REFUSED.matcher(message);
    int status = message.equals(NOT_AUTHENTICATED)
        ? PROXY_AUTHENTICATION_REQUIRED
        : refused.matches() ? Integer.parseInt(refused.group(1)) : 0;
    if (status == 0) {
      throw new ProxyException(
          "the proxy " + name(proxy)
              + (isUnreachable(failure) ? " cannot be reached: " : " failed: ")
              + failure.getClass().getSimpleName() + ": " + message,
          failure);
    }
    Response.Builder answer = new Response.Builder()
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message(message)
        .body(ResponseBody.EMPTY);
    return tagged(answer, request, true);
  }

  private Response tagged(Response.Builder response, Request request, boolean tunnel) {
    Via via = new Via(name(proxy), tunnel);
    return response.request(request.newBuilder().tag(Via.class, via).build()).build();
  }

  private static boolean isUnreachable(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException
        || failure instanceof SocketTimeoutException;
  }

  private static String name(@Nullable Proxy proxy) {
    return proxy != null && proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : String.valueOf(proxy);
  }

  private void through(Proxy next, boolean isPassed) {
    proxy = next.type() == Proxy.Type.DIRECT ? null : next;
    passed = isPassed;
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    // The address of an HTTP proxy is looked up next, and nothing names the proxy if that fails.
    Proxy first = proxies.get(0);
    through(first.type() == Proxy.Type.HTTP ? first : Proxy.NO_PROXY, false);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy next) {
    through(next, false);
  }

  @Override
  public void secureConnectStart(Call call) {
    passed = true;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    Proxy used = connection.route().proxy();
    through(used, connection.handshake() != null || used.type() == Proxy.Type.SOCKS);
  }

  /** A failure of the proxy, not of the server. */
  static final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    ProxyException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

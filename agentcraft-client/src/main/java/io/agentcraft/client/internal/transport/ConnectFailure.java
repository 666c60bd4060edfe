package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Finds out why a request failed before the server responded. */
public final class ConnectFailure {

  private ConnectFailure() {}

  public static DisconnectCause cause(Throwable error, Request request) {
    if (error instanceof InvalidHandshakeException invalid) {
      return new DisconnectCause.HandshakeInvalid(invalid.getMessage());
    }
    if (error instanceof ProxyTrace.ProxyException) {
      return new DisconnectCause.ConnectionLost(error);
    }
    if (error instanceof SSLException && !endedByTheNetwork(error.getCause())) {
      return new DisconnectCause.TlsFailed(error);
    }
    if (request.url().isHttps() && wasConnected(error)) {
      // The server's TLS alert, which would say why, is lost when the end of TCP overtakes it.
      return new DisconnectCause.ConnectionLost(new IOException(
          error.getClass().getSimpleName()
              + " before the server responded. A server that speaks no TLS may end connections like this"
              + " (use ws:// or http:// then), and one that wants a client certificate: where clients"
              + " need one, give the client an OkHttpClient that has it, with okHttpClient(…)",
          error));
    }
    if (error instanceof ProtocolException && !request.url().isHttps()) {
      return new DisconnectCause.ConnectionLost(new IOException(
          "the server's response is not HTTP. If it speaks TLS, use wss:// or https://", error));
    }
    return new DisconnectCause.ConnectionLost(error);
  }

  /** A server that dies within the handshake is no failure of TLS. */
  private static boolean endedByTheNetwork(@Nullable Throwable error) {
    return error instanceof EOFException || error instanceof SocketException;
  }

  private static boolean wasConnected(Throwable error) {
    // Of a server that is not there OkHttp's own exception has that of the network as its cause.
    return !(error instanceof ConnectException)
        && !(error instanceof NoRouteToHostException)
        && (error instanceof SocketException || endedByTheNetwork(error.getCause()));
  }
}

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sockets that do what a test says. */
final class FakeTransport implements Transport {

  final List<Opened> sockets = new ArrayList<>();
  boolean throwing;
  boolean unlinked;

  @Override
  public Socket open(String url, Map<String, String> headers, Listener listener) {
    if (throwing) {
      throw new IllegalArgumentException("unusable");
    }
    if (unlinked) {
      throw new NoSuchMethodError("okio.ByteString.base64");
    }
    Opened socket = new Opened(url, headers, listener);
    sockets.add(socket);
    return socket;
  }

  Opened newest() {
    return sockets.get(sockets.size() - 1);
  }

  /** Returns how many sockets may still be alive. */
  long live() {
    return sockets.stream().filter(socket -> !socket.cancelled && !socket.ended).count();
  }

  /** A socket whose handshake has begun. */
  static final class Opened extends FakeSocket {

    final String url;
    final Map<String, String> headers;
    final Listener listener;
    boolean ended;

    Opened(String url, Map<String, String> headers, Listener listener) {
      this.url = url;
      this.headers = headers;
      this.listener = listener;
    }

    void opens() {
      listener.onOpen(this);
    }

    void ends(DisconnectCause cause) {
      ended = true;
      listener.onEnded(cause);
    }
  }
}

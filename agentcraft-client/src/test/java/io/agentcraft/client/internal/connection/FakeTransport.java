package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.Link;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.internal.transport.TransportListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sockets that do what a test says. */
final class FakeTransport implements Transport {

  final List<FakeSocket> sockets = new ArrayList<>();
  boolean throwing;
  boolean unlinked;

  @Override
  public Link open(String url, Map<String, String> headers, TransportListener listener) {
    if (throwing) {
      throw new IllegalArgumentException("unusable");
    }
    if (unlinked) {
      throw new NoSuchMethodError("okio.ByteString.base64");
    }
    FakeSocket socket = new FakeSocket(url, headers, listener);
    sockets.add(socket);
    return socket;
  }

  FakeSocket newest() {
    return sockets.get(sockets.size() - 1);
  }

  /** How many sockets could still be alive. */
  long live() {
    return sockets.stream().filter(socket -> !socket.cancelled && !socket.ended).count();
  }

  static final class FakeSocket implements Link {

    final String url;
    final Map<String, String> headers;
    final TransportListener listener;
    final List<String> sent = new ArrayList<>();
    boolean cancelled;
    boolean ended;
    int closeCode;

    FakeSocket(String url, Map<String, String> headers, TransportListener listener) {
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

    @Override
    public boolean send(String text) {
      sent.add(text);
      return !cancelled && closeCode == 0;
    }

    @Override
    public long queuedBytes() {
      return 0;
    }

    @Override
    public void close(int code) {
      closeCode = code;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}

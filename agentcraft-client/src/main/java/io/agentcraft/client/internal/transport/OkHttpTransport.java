package io.agentcraft.client.internal.transport;

import java.time.InstantSource;
import java.util.Map;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;

/** Sockets by OkHttp. */
public final class OkHttpTransport implements Transport {

  private final OkHttpClient client;
  private final InstantSource clock;

  public OkHttpTransport(OkHttpClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Link open(String url, Map<String, String> headers, TransportListener listener) {
    Request.Builder request =
        new Request.Builder().url(url).tag(InboundBound.LeftOut.class, listener::onLeftOut);
    headers.forEach(request::header);
    WebSocket socket = client.newWebSocket(request.build(), new OkHttpListener(listener, clock));
    return new OkHttpLink(socket);
  }

  @Override
  public String hint() {
    Dispatcher dispatcher = client.dispatcher();
    int most = dispatcher.getMaxRequests();
    boolean full = dispatcher.runningCallsCount() >= most && dispatcher.queuedCallsCount() > 0;
    return full
        ? "the OkHttpClient runs all the " + most + " calls that its dispatcher allows at once, and"
            + " every open WebSocket counts as one: raise dispatcher().setMaxRequests(…)"
        : "";
  }

  /** The socket as a {@link Link}. */
  record OkHttpLink(WebSocket socket) implements Link {

    @Override
    public boolean send(String text) {
      return socket.send(text);
    }

    @Override
    public long queuedBytes() {
      return socket.queueSize();
    }

    @Override
    public void close(int code) {
      socket.close(code, null);
    }

    @Override
    public void cancel() {
      socket.cancel();
    }
  }
}

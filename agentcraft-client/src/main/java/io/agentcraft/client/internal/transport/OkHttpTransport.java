package io.agentcraft.client.internal.transport;

import java.time.InstantSource;
import java.util.Map;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;

/** Opens WebSockets with OkHttp. */
public final class OkHttpTransport implements Transport {

  private final OkHttpClient client;
  private final InstantSource clock;

  /**
   * Creates a transport.
   *
   * @param client opens the sockets
   * @param maxMessageBytes how large a message from a server may be
   * @param clock the wall clock, to interpret HTTP dates
   */
  public OkHttpTransport(OkHttpClient client, long maxMessageBytes, InstantSource clock) {
    this.client = MaxMessageSizeInterceptor.around(client, maxMessageBytes);
    this.clock = clock;
  }

  @Override
  public Socket open(String url, Map<String, String> headers, Listener listener) {
    OkHttpListener events = new OkHttpListener(listener, clock);
    Request.Builder request =
        new Request.Builder().url(url).tag(MaxMessageSizeInterceptor.Watch.class, events);
    headers.forEach(request::header);
    return new OkHttpSocket(client.newWebSocket(request.build(), events), events);
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

  /** A WebSocket of OkHttp. */
  record OkHttpSocket(WebSocket socket, OkHttpListener events) implements Socket {

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
      events.onCancel();
      socket.cancel();
    }
  }
}

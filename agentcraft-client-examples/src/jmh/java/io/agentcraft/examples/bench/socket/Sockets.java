package io.agentcraft.examples.bench.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocketListener;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/** The WebSocket clients that one would take instead, each with as little around it as it allows. */
final class Sockets {

  private static final String ID = "/client_1_bench0000";

  private Sockets() {}

  static void okHttp(String url, Consumer<String> onText) {
    okHttp(new OkHttpClient(), url, onText);
  }

  static okhttp3.WebSocket okHttp(OkHttpClient client, String url, Consumer<String> onText) {
    return client.newWebSocket(
        new Request.Builder().url(url + ID).build(), new WebSocketListener() {
          @Override
          public void onMessage(okhttp3.WebSocket socket, String text) {
            onText.accept(text);
          }
        });
  }

  static void jdk(String url, Consumer<String> onText) {
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create(url + ID), new WebSocket.Listener() {
          private final StringBuilder parts = new StringBuilder();

          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
              onText.accept(parts.toString());
              parts.setLength(0);
            }
            socket.request(1);
            return null;
          }
        })
        .join();
  }

  static void javaWebSocket(String url, Consumer<String> onText) {
    new org.java_websocket.client.WebSocketClient(URI.create(url + ID)) {
      @Override
      public void onOpen(ServerHandshake handshake) {}

      @Override
      public void onMessage(String text) {
        onText.accept(text);
      }

      @Override
      public void onClose(int code, String reason, boolean remote) {}

      @Override
      public void onError(Exception error) {
        throw new IllegalStateException(error);
      }
    }.connect();
  }

  static void jetty(String url, Consumer<String> onText) throws Exception {
    WebSocketClient client = new WebSocketClient();
    client.start();
    // Not waited for: it handles frames before it says that it is connected, and there is no end of
    // them.
    var unused = client.connect(new JettyEndpoint(onText), URI.create(url + ID));
  }

  /** Jetty calls it by its method handles, so it is public. */
  public static final class JettyEndpoint implements Session.Listener {

    private final Consumer<String> onText;
    private @Nullable Session open;

    JettyEndpoint(Consumer<String> onText) {
      this.onText = onText;
    }

    @Override
    public void onWebSocketOpen(Session session) {
      open = session;
      session.demand();
    }

    @Override
    public void onWebSocketText(String text) {
      onText.accept(text);
      if (open != null) {
        open.demand();
      }
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
      callback.succeed();
    }
  }
}

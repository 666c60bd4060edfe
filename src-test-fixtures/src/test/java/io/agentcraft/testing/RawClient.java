package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.message.ServerMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A plain OkHttp WebSocket, independent of the SDK's client, that records what the server sends. */
public final class RawClient extends WebSocketListener implements AutoCloseable {

  static final OkHttpClient HTTP =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(10)).build();

  /** How the connection ended: with a close code, or with an error. */
  record End(int code, String reason, @Nullable Throwable failure) {}

  private final Recorder<String> frames = new Recorder<>();
  private final CompletableFuture<Integer> handshake = new CompletableFuture<>();
  private final CompletableFuture<Response> opened = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private final MessageCodec codec = MessageCodec.create();
  private final WebSocket socket;

  private RawClient(OkHttpClient http, Request request) {
    socket = http.newWebSocket(request, this);
  }

  static RawClient connect(ReferenceServer server) {
    return connect(server, ClientIds.create());
  }

  /** Connects in the documented place and takes the first active_sessions. */
  static RawClient connect(ReferenceServer server, String clientId) {
    return greeted(start(server.url("/ws/agent-tracking/" + clientId)));
  }

  static RawClient deployed(ReferenceServer server) {
    return deployed(server, ClientIds.create());
  }

  static RawClient deployed(ReferenceServer server, String clientId) {
    return greeted(start(server.url("/api/ws/agent-tracking/" + clientId)));
  }

  private static RawClient greeted(RawClient client) {
    client.response();
    client.take("active_sessions");
    return client;
  }

  public static RawClient start(String url, String... headers) {
    return start(HTTP, url, headers);
  }

  static RawClient start(OkHttpClient http, String url, String... headers) {
    Request.Builder request = new Request.Builder().url(url);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return new RawClient(http, request.build());
  }

  Response response() {
    return Await.get(opened);
  }

  /** 101 if the handshake succeeded, otherwise what it was answered with. */
  public int handshakeStatus() {
    return Await.get(handshake);
  }

  boolean isOpening() {
    return !handshake.isDone();
  }

  void send(String text) {
    if (!socket.send(text)) {
      throw new IllegalStateException("the socket is closed");
    }
  }

  void send(ByteString bytes) {
    if (!socket.send(bytes)) {
      throw new IllegalStateException("the socket is closed");
    }
  }

  /** The next frame, whatever it is. */
  String take() {
    return frames.next();
  }

  /** The next frame, which must be of this type. */
  String take(String type) {
    String frame = take();
    if (!frame.startsWith("{\"type\":\"" + type + "\"")) {
      throw new AssertionError("expected " + type + ", but got " + frame);
    }
    return frame;
  }

  <M extends ServerMessage> M take(Class<M> type) {
    ServerMessage message = codec.decodeServer(take());
    if (!type.isInstance(message)) {
      throw new AssertionError("expected " + type.getSimpleName() + ", but got " + message);
    }
    return type.cast(message);
  }

  /** How many frames were received and not taken. Only meaningful after a later frame was taken. */
  int waiting() {
    return frames.rest().size();
  }

  End end() {
    return Await.get(ended);
  }

  void close(int code) {
    socket.close(code, "bye");
  }

  void vanish() {
    socket.cancel();
  }

  @Override
  public void close() {
    socket.cancel();
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    opened.complete(response);
    handshake.complete(response.code());
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    frames.add(text);
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString bytes) {
    frames.add("binary " + bytes.hex());
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(1000, null);
    ended.complete(new End(code, reason, null));
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
    opened.completeExceptionally(new IOException("no connection", failure));
    handshake.complete(response == null ? 0 : response.code());
    ended.complete(new End(-1, "", failure));
  }
}

package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.message.ServerMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A plain OkHttp WebSocket that knows nothing of the SDK's client: what a server test needs to see, no more. */
final class RawClient extends WebSocketListener implements AutoCloseable {

  static final OkHttpClient HTTP =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(10)).build();

  /** How the connection ended: a close code, or an error with the status of the handshake. */
  record End(int code, String reason, @Nullable Throwable failure, int handshakeStatus) {}

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Response> opened = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private final MessageCodec codec = MessageCodec.create();
  private final WebSocket socket;

  private RawClient(OkHttpClient http, Request request) {
    socket = http.newWebSocket(request, this);
  }

  static RawClient connect(ReferenceServer server) throws Exception {
    return connect(server, ClientIds.create());
  }

  /** Connects in the documented place and takes the first active_sessions off the queue. */
  static RawClient connect(ReferenceServer server, String clientId) throws Exception {
    return greeted(start(server.url("/ws/agent-tracking/" + clientId)));
  }

  static RawClient deployed(ReferenceServer server) throws Exception {
    return deployed(server, ClientIds.create());
  }

  static RawClient deployed(ReferenceServer server, String clientId) throws Exception {
    return greeted(start(server.url("/api/ws/agent-tracking/" + clientId)));
  }

  private static RawClient greeted(RawClient client) throws Exception {
    client.response();
    client.take("active_sessions");
    return client;
  }

  static RawClient start(String url, String... headers) {
    return start(HTTP, url, headers);
  }

  static RawClient start(OkHttpClient http, String url, String... headers) {
    Request.Builder request = new Request.Builder().url(url);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return new RawClient(http, request.build());
  }

  Response response() throws Exception {
    return opened.get(10, TimeUnit.SECONDS);
  }

  /** 101 if the handshake succeeded, otherwise what it was answered with. */
  int handshakeStatus() throws Exception {
    CompletableFuture.anyOf(opened.handle((response, failure) -> true), ended)
        .get(10, TimeUnit.SECONDS);
    return opened.isCompletedExceptionally()
        ? end().handshakeStatus()
        : response().code();
  }

  boolean isOpening() {
    return !opened.isDone() && !ended.isDone();
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
  String take() throws InterruptedException {
    String frame = frames.poll(10, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame within 10 s");
    }
    return frame;
  }

  /** The next frame, which must be of this type. */
  String take(String type) throws InterruptedException {
    String frame = take();
    if (!frame.startsWith("{\"type\":\"" + type + "\"")) {
      throw new AssertionError("expected " + type + ", but got " + frame);
    }
    return frame;
  }

  <M extends ServerMessage> M take(Class<M> type) throws InterruptedException {
    ServerMessage message = codec.decodeServer(take());
    if (!type.isInstance(message)) {
      throw new AssertionError("expected " + type.getSimpleName() + ", but got " + message);
    }
    return type.cast(message);
  }

  /** Frames that came and nobody took. Only meaningful after a frame that must come later was taken. */
  int waiting() {
    return frames.size();
  }

  End end() throws InterruptedException, ExecutionException, TimeoutException {
    return ended.get(10, TimeUnit.SECONDS);
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
    ended.complete(new End(code, reason, null, 101));
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
    opened.completeExceptionally(new IOException("no connection", failure));
    ended.complete(new End(-1, "", failure, response == null ? 0 : response.code()));
  }
}

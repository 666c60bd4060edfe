package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.internal.socket.TrackedSocket;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import java.util.List;
import java.util.function.Supplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** Sends each HTTP request where it belongs: faults first, then the token, then WebSocket, fixed content or REST. */
public final class RequestRouter extends Dispatcher {

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String DEFLATE = "permessage-deflate";

  private final HandshakeGate gate;
  private final Admission admission;
  private final StaticRoutes content;
  private final RestRoutes rest;
  private final TrackedSockets sockets;
  private final Connection.Events events;
  private final Supplier<WireTime> clock;
  private final boolean compression;
  private final Runnable forget;

  /**
   * Makes the router.
   *
   * @param forget called once a request, which the web server keeps for a test that would ask for it
   */
  public RequestRouter(
      HandshakeGate gate,
      Admission admission,
      StaticRoutes content,
      RestRoutes rest,
      TrackedSockets sockets,
      Connection.Events events,
      Supplier<WireTime> clock,
      boolean compression,
      Runnable forget) {
    this.gate = gate;
    this.admission = admission;
    this.content = content;
    this.rest = rest;
    this.sockets = sockets;
    this.events = events;
    this.clock = clock;
    this.compression = compression;
    this.forget = forget;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    forget.run();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get("Upgrade"));
    if (upgrade) {
      gate.pass();
      HandshakeGate.Refusal refusal = gate.nextRefusal();
      if (refusal != null) {
        return refused(refusal);
      }
    }
    if (!admission.isAuthorized(request.getHeaders().get("Authorization"))) {
      return status(401).addHeader("WWW-Authenticate", "Bearer").build();
    }
    if (upgrade) {
      return handshake(request);
    }
    MockResponse fixed = content.answer(request.getMethod(), request.getUrl().encodedPath());
    return fixed != null ? fixed : rest(request);
  }

  @Override
  public void close() {
    gate.releaseStalled();
  }

  private MockResponse handshake(RecordedRequest request) {
    Admission.Verdict verdict = admission.judge(request.getUrl().pathSegments());
    if (verdict instanceof Admission.Verdict.Refuse refuse) {
      return status(refuse.status()).build();
    }
    if (!(verdict instanceof Admission.Verdict.Accept accept)) {
      return upgrade(request, new InvalidId());
    }
    TrackedSocket socket = sockets.find(request.getConnectionIndex());
    if (socket == null) {
      // It was cut while the request was read: whatever is answered goes nowhere.
      return status(503).build();
    }
    Headers headers = request.getHeaders();
    String path = request.getUrl().encodedPath();
    return upgrade(
        request, new Connection(accept.clientId(), path, headers, socket, clock.get(), events));
  }

  private MockResponse upgrade(RecordedRequest request, WebSocketListener listener) {
    MockResponse.Builder response = new MockResponse.Builder().webSocketUpgrade(listener);
    String offered = request.getHeaders().get(EXTENSIONS);
    if (compression && offered != null && offered.contains(DEFLATE)) {
      response.addHeader(EXTENSIONS, DEFLATE);
    }
    return response.build();
  }

  private MockResponse rest(RecordedRequest request) {
    ByteString body = request.getBody();
    RestRoutes.Answer answer = rest.handle(
        request.getMethod(), request.getUrl().pathSegments(), body == null ? "" : body.utf8());
    return status(answer.status())
        .setHeader("Content-Type", "application/json")
        .body(answer.body())
        .build();
  }

  private static MockResponse refused(HandshakeGate.Refusal refusal) {
    MockResponse.Builder response = status(refusal.status());
    List<String> headers = refusal.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      response.setHeader(headers.get(i), headers.get(i + 1));
    }
    return response.build();
  }

  private static MockResponse.Builder status(int code) {
    return new MockResponse.Builder().code(code);
  }

  /** Accepts first and says no after it, so that the client sees the reason. */
  private static final class InvalidId extends WebSocketListener {

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      webSocket.close(1008, "Invalid client ID");
    }
  }
}

package io.agentcraft.testing;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.testing.internal.protocol.ServerClock;
import io.agentcraft.testing.internal.socket.TrackedSocket;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Routes each HTTP request: faults first, then the token, then WebSocket handshakes, static content or REST. */
final class RequestRouter extends Dispatcher {

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String DEFLATE = "permessage-deflate";

  private final HandshakeGate gate;
  private final Set<String> mounts;
  private final ClientIdCheck clientIdCheck;
  private final @Nullable String token;
  private final Map<String, StaticContent> contents;
  private final boolean compression;
  private final TrackedSockets sockets;
  private final ServerClock clock;
  private final Hub hub;
  private final RestRoutes rest;
  private final Runnable forgetRequest;

  /**
   * Creates the router.
   *
   * @param forgetRequest called for each request, which the web server otherwise keeps for a test that would ask for it
   */
  RequestRouter(
      ReferenceServerBuilder options,
      HandshakeGate gate,
      TrackedSockets sockets,
      ServerClock clock,
      Hub hub,
      Runnable forgetRequest) {
    this.gate = gate;
    this.mounts = Set.copyOf(options.mounts());
    this.clientIdCheck = options.clientIdCheck;
    this.token = options.token;
    this.contents = Map.copyOf(options.contents);
    this.compression = options.compression;
    this.sockets = sockets;
    this.clock = clock;
    this.hub = hub;
    this.rest = new RestRoutes(hub, options.encoder);
    this.forgetRequest = forgetRequest;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    forgetRequest.run();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get("Upgrade"));
    if (upgrade) {
      gate.pass();
      HandshakeGate.Refusal refusal = gate.nextRefusal();
      if (refusal != null) {
        return refused(refusal);
      }
    }
    if (token != null && !("Bearer " + token).equals(request.getHeaders().get("Authorization"))) {
      return status(401).addHeader("WWW-Authenticate", "Bearer").build();
    }
    if (upgrade) {
      return handshake(request);
    }
    StaticContent content = contents.get(request.getUrl().encodedPath());
    return content != null ? content.answer(request.getMethod()) : rest(request);
  }

  @Override
  public void close() {
    gate.releaseStalled();
  }

  /** Accepts or refuses a handshake. A wrong path and a wrong client id look the same, as on uvicorn. */
  private MockResponse handshake(RecordedRequest request) {
    List<String> segments = request.getUrl().pathSegments();
    int last = segments.size() - 1;
    String clientId = segments.get(last);
    boolean isValid = clientIdCheck == ClientIdCheck.OFF || ClientIds.isValid(clientId);
    if (!mounts.contains("/" + String.join("/", segments.subList(0, last)))
        || clientId.isEmpty()
        || (!isValid && clientIdCheck == ClientIdCheck.HTTP_403)) {
      return status(403).build();
    }
    if (!isValid) {
      return upgrade(request, new CloseAtOnce());
    }
    TrackedSocket socket = sockets.find(request.getConnectionIndex());
    if (socket == null) {
      // The connection was cut while the request was read: nobody receives this answer.
      return status(503).build();
    }
    String path = request.getUrl().encodedPath();
    ClientConnection connection =
        new ClientConnection(clientId, path, request.getHeaders(), socket, clock.monotonic(), hub);
    return upgrade(request, connection.listener());
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
    MockResponse.Builder response = status(answer.status())
        .setHeader("Content-Type", "application/json")
        .body(answer.body());
    if (answer.allow() != null) {
      response.setHeader("Allow", answer.allow());
    }
    return response.build();
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

  /** Closes after the handshake, so that the client sees the reason. */
  private static final class CloseAtOnce extends WebSocketListener {

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      webSocket.close(1008, "Invalid client ID");
    }
  }
}

package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.JsonText;
import io.agentcraft.testing.internal.socket.HttpSocket;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Routes each HTTP request: faults first, then the rules of access, then the token, then WebSocket handshakes, static content or
 * REST.
 */
final class RequestRouter extends Dispatcher {

  private static final System.Logger LOG = System.getLogger(RequestRouter.class.getName());
  private static final Pattern JSON =
      Pattern.compile("(?i)application/([\\w.-]+\\+)?json\\s*(;.*)?");

  private final HandshakeGate gate;
  private final @Nullable String token;
  private final Map<String, StaticContent> contents;
  private final TrackedSockets sockets;
  private final AccessRules access;
  private final Refusals refusals;
  private final Handshakes handshakes;
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
      Refusals refusals,
      Handshakes handshakes,
      RestRoutes rest,
      Runnable forgetRequest) {
    this.gate = gate;
    this.token = options.token;
    this.contents = Map.copyOf(options.contents);
    this.access = new AccessRules(options.hosts, options.origins);
    this.sockets = sockets;
    this.refusals = refusals;
    this.handshakes = handshakes;
    this.rest = rest;
    this.forgetRequest = forgetRequest;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    forgetRequest.run();
    HttpSocket socket = sockets.find(request.getConnectionIndex());
    if (socket == null) {
      // The connection was cut while the request was read: nobody receives this answer.
      return status(503).build();
    }
    socket.answering();
    try {
      MockResponse answer = answer(request, socket);
      return "HEAD".equals(request.getMethod()) ? withoutBody(answer) : answer;
    } catch (RuntimeException failed) {
      // The web server would neither answer nor close the connection.
      LOG.log(System.Logger.Level.WARNING, "A request could not be answered.", failed);
      return detail(500, "Internal Server Error").build();
    } finally {
      socket.answered();
    }
  }

  @Override
  public void close() {
    gate.releaseStalled();
  }

  private MockResponse answer(RecordedRequest request, HttpSocket socket)
      throws InterruptedException {
    HttpSocket.Refusal malformed = socket.refusal();
    if (malformed != null) {
      return detail(malformed.status(), malformed.why())
          .setHeader("Connection", "close")
          .build();
    }
    Headers headers = request.getHeaders();
    boolean isHandshake = Handshakes.isHandshake(headers);
    if (isHandshake) {
      gate.pass();
      HandshakeGate.Refusal refusal = gate.nextRefusal();
      if (refusal != null) {
        return refused(refusal);
      }
    }
    String foreign = access.refusal(headers, socket.getLocalAddress());
    if (foreign != null) {
      refusals.report("Refused a request with HTTP 403. " + foreign);
      return detail(403, foreign).build();
    }
    String origin = access.foreignOrigin(headers);
    boolean isPreflight = origin != null && request.getMethod().equals("OPTIONS");
    MockResponse answer = isPreflight
        ? preflight(headers)
        : isHandshake && isAuthorized(headers) ? handshakes.answer(request, socket) : http(request);
    return origin == null
        ? answer
        : answer
            .newBuilder()
            .setHeader("Access-Control-Allow-Origin", origin)
            .addHeader("Vary", "Origin")
            .build();
  }

  private MockResponse http(RecordedRequest request) {
    Headers headers = request.getHeaders();
    if (!isAuthorized(headers)) {
      return status(401).addHeader("WWW-Authenticate", "Bearer").build();
    }
    StaticContent content = contents.get(request.getUrl().encodedPath());
    if (content != null) {
      return content.answer(request.getMethod());
    }
    String type = String.valueOf(headers.get("Content-Type"));
    if (request.getMethod().equals("POST") && !JSON.matcher(type).matches()) {
      // Pages of other origins can post anything but JSON without asking.
      return detail(415, "Send the body as Content-Type: application/json.").build();
    }
    ByteString body = request.getBody();
    RestRoutes.Answer answer = rest.handle(
        request.getMethod(), request.getUrl().pathSegments(), body == null ? "" : body.utf8());
    MockResponse.Builder response = json(answer.status(), answer.body());
    if (answer.allow() != null) {
      response.setHeader("Allow", answer.allow());
    }
    return response.build();
  }

  private boolean isAuthorized(Headers request) {
    return token == null || ("Bearer " + token).equals(request.get("Authorization"));
  }

  /** Allows what the request asks for; a browser asks before it sends JSON to a foreign origin. */
  private static MockResponse preflight(Headers request) {
    String headers = request.get("Access-Control-Request-Headers");
    MockResponse.Builder response =
        status(204).clearHeaders().setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
    return (headers == null
            ? response
            : response.setHeader("Access-Control-Allow-Headers", headers))
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

  private static MockResponse withoutBody(MockResponse answer) {
    String length = answer.getHeaders().get("Content-Length");
    return answer
        .newBuilder()
        .body("")
        .setHeader("Content-Length", length == null ? "0" : length)
        .build();
  }

  /** Returns an error as FastAPI has it. */
  private static MockResponse.Builder detail(int status, String text) {
    return json(status, JsonText.object().put("detail", text).toString());
  }

  private static MockResponse.Builder json(int status, String body) {
    return status(status).setHeader("Content-Type", "application/json").body(body);
  }

  private static MockResponse.Builder status(int code) {
    return new MockResponse.Builder().code(code);
  }
}

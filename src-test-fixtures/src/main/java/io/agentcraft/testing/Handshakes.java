package io.agentcraft.testing;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.testing.internal.protocol.ServerClock;
import io.agentcraft.testing.internal.socket.HttpSocket;
import io.agentcraft.testing.internal.websocket.Compression;
import io.agentcraft.testing.internal.websocket.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Answers WebSocket handshakes, and refuses what uvicorn refuses. */
final class Handshakes {

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String KEY_HEADER = "Sec-WebSocket-Key";
  private static final String VERSION_HEADER = "Sec-WebSocket-Version";
  private static final String VERSION = "13";
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  /** As in websockets 10.4, which the deployed backend uses. */
  private static final int MAX_HEADERS = 256;

  private static final int MAX_HEADER = 4_106;

  /** Starts a WebSocket whose handshake has been answered. */
  private interface Start {
    ServerWebSocket on(HttpSocket socket, @Nullable Compression compression) throws IOException;
  }

  private final Set<String> mounts;
  private final ClientIdCheck clientIdCheck;
  private final boolean compression;
  private final ServerClock clock;
  private final Hub hub;
  private final Refusals refusals;
  private final Executor writers;

  Handshakes(
      ReferenceServerBuilder options,
      ServerClock clock,
      Hub hub,
      Refusals refusals,
      Executor writers) {
    this.mounts = Set.copyOf(options.mounts());
    this.clientIdCheck = options.checksClientIds();
    this.compression = options.compression;
    this.clock = clock;
    this.hub = hub;
    this.refusals = refusals;
    this.writers = writers;
  }

  /** Returns whether a request wants to become a WebSocket. */
  static boolean isHandshake(Headers request) {
    return "websocket".equalsIgnoreCase(request.get("Upgrade"))
        && request.values("Connection").stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .anyMatch(token -> token.strip().equalsIgnoreCase("Upgrade"));
  }

  /** Accepts or refuses a handshake. A wrong path and a wrong client id look the same, as on uvicorn. */
  MockResponse answer(RecordedRequest request, HttpSocket socket) {
    Headers headers = request.getHeaders();
    String error = error(request);
    if (error != null) {
      return status(400)
          .setHeader(VERSION_HEADER, VERSION)
          .setHeader("Content-Type", "text/plain")
          .body("Failed to open a WebSocket connection: " + error + ".\n")
          .build();
    }
    String key = String.valueOf(headers.get(KEY_HEADER));
    List<String> segments = request.getUrl().pathSegments();
    int last = segments.size() - 1;
    String clientId = segments.get(last);
    if (!mounts.contains("/" + String.join("/", segments.subList(0, last))) || clientId.isEmpty()) {
      refusals.report("Refused a handshake with HTTP 403: nothing is at "
          + Refusals.shown(request.getUrl().encodedPath()) + ", but at "
          + String.join(" and ", mounts) + "/{client_id}.");
      return status(403).build();
    }
    boolean isValid = clientIdCheck == ClientIdCheck.OFF || ClientIds.isValid(clientId);
    if (!isValid) {
      refusals.report("Refused the client id " + Refusals.shown(clientId)
          + ", which does not match ^client_\\d+_[a-z0-9]+$. Accept any with --any-client-id, or with"
          + " ReferenceServerBuilder.clientIdCheck(ClientIdCheck.OFF).");
      return clientIdCheck == ClientIdCheck.HTTP_403
          ? status(403).build()
          : upgrade(headers, key, socket, this::closeAtOnce);
    }
    ClientConnection connection = new ClientConnection(
        clientId, request.getUrl().encodedPath(), headers, socket.tcp(), clock.monotonic(), hub);
    return upgrade(
        headers,
        key,
        socket,
        (on, agreed) ->
            connection.open(listener -> new ServerWebSocket(on, agreed, writers, listener)));
  }

  /** Returns what is wrong with a handshake, wherever it is addressed to; null for nothing. */
  private static @Nullable String error(RecordedRequest request) {
    Headers headers = request.getHeaders();
    boolean large = headers.size() > MAX_HEADERS;
    for (int i = 0; i < headers.size(); i++) {
      large |= headers.name(i).length() + headers.value(i).length() > MAX_HEADER;
    }
    if (large) {
      return "there are more than " + MAX_HEADERS + " headers, or one is longer than " + MAX_HEADER;
    }
    if (!request.getMethod().equals("GET")) {
      return "the method is not GET";
    }
    if (!headers.values(VERSION_HEADER).equals(List.of(VERSION))) {
      return "missing or invalid " + VERSION_HEADER + " header";
    }
    List<String> keys = headers.values(KEY_HEADER);
    return keys.size() == 1 && KEY.matcher(keys.get(0)).matches()
        ? null
        : "missing or invalid " + KEY_HEADER + " header";
  }

  private MockResponse upgrade(Headers request, String key, HttpSocket socket, Start start) {
    Compression agreed = compression ? Compression.accept(request.values(EXTENSIONS)) : null;
    MockResponse.Builder response = new MockResponse.Builder()
        .status("HTTP/1.1 101 Switching Protocols")
        .clearHeaders()
        .setHeader("Upgrade", "websocket")
        .setHeader("Connection", "Upgrade")
        .setHeader("Sec-WebSocket-Accept", accept(key));
    if (agreed != null) {
      response.setHeader(EXTENSIONS, agreed.header());
    }
    return response
        .socketHandler(unused -> {
          socket.beginFrames();
          try {
            start.on(socket, agreed).run();
          } catch (IOException clientIsGone) {
            socket.end();
          }
        })
        .build();
  }

  /** Closes after the handshake, so that the client sees the reason. */
  private ServerWebSocket closeAtOnce(HttpSocket socket, @Nullable Compression agreed)
      throws IOException {
    ServerWebSocket refused =
        new ServerWebSocket(socket, agreed, writers, new ServerWebSocket.Listener() {});
    refused.close(1008, "Invalid client ID");
    return refused;
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private static MockResponse.Builder status(int code) {
    return new MockResponse.Builder().code(code);
  }
}

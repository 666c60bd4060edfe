package io.agentcraft.testing;

import static io.agentcraft.testing.WireClient.handshake;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Handshakes that are not quite right, and how uvicorn answers them.
 *
 * @param name what is special
 * @param request what the client sends
 * @param status the status of the answer
 */
public record HandshakeErrors(String name, String request, int status) {

  private static final String PATH = "/ws/agent-tracking/client_1_a";
  private static final String HOST = "Host: localhost";
  private static final String UPGRADE = "Upgrade: websocket";
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String VERSION = "Sec-WebSocket-Version: 13";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  public static Stream<HandshakeErrors> all() {
    return Stream.of(
        new HandshakeErrors("nothing", handshake(PATH), 101),
        with("as Firefox does it", 101, UPGRADE, "Connection: keep-alive, Upgrade", VERSION, KEY),
        with("other letter case", 101, "upgrade: WebSocket", "CONNECTION: upgrade", VERSION, KEY),
        with("no version", 400, UPGRADE, CONNECTION, KEY),
        with("an old version", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Version: 8", KEY),
        with("two versions", 400, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Version: 8", KEY),
        with("no key", 400, UPGRADE, CONNECTION, VERSION),
        with("an empty key", 400, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: "),
        with("a short key", 400, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: AAAA"),
        with(
            "no base64", 400, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: " + "?".repeat(24)),
        with("two keys", 400, UPGRADE, CONNECTION, VERSION, KEY, KEY),
        new HandshakeErrors("POST", handshake(PATH).replaceFirst("GET", "POST"), 400),
        with("no Connection", 404, UPGRADE, VERSION, KEY),
        with("another Connection", 404, UPGRADE, "Connection: keep-alive", VERSION, KEY),
        new HandshakeErrors(
            "no Host", WireClient.request("GET " + PATH, UPGRADE, CONNECTION, VERSION, KEY), 400),
        new HandshakeErrors("a large header", handshake(PATH, "X: " + "x".repeat(4_105)), 101),
        new HandshakeErrors("one byte more", handshake(PATH, "X: " + "x".repeat(4_106)), 400),
        new HandshakeErrors("many headers", handshake(PATH, headers(251)), 101),
        new HandshakeErrors("one more", handshake(PATH, headers(252)), 400),
        new HandshakeErrors("a wrong id", handshake("/ws/agent-tracking/client-1"), 403),
        new HandshakeErrors("a wrong path", handshake("/ws/client_1_a"), 403));
  }

  @Override
  public String toString() {
    return name;
  }

  private static HandshakeErrors with(String name, int status, String... headers) {
    String[] all = new String[headers.length + 1];
    all[0] = HOST;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return new HandshakeErrors(name, WireClient.request("GET " + PATH, all), status);
  }

  private static String[] headers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": 1").toArray(String[]::new);
  }
}

package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that are not quite right, offers of compression, and what the server says about client ids. */
class HandshakeErrorsTest {

  private static final String PATH = "/ws/agent-tracking/client_1_a";

  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final ReferenceServer server =
      ReferenceServer.builder().onRefusal(refusals::add).start();

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<HandshakeErrors> handshakes() {
    return HandshakeErrors.all();
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void areAnsweredAsUvicornDoes(HandshakeErrors handshake) throws Exception {
    assertThat(answer(server, handshake.request())).startsWith("HTTP/1.1 " + handshake.status());
  }

  @Test
  void theErrorSaysWhatIsWrong() throws Exception {
    String request = WireClient.handshake(PATH).replace("Version: 13", "Version: 8");
    assertThat(answer(server, request))
        .contains("Sec-WebSocket-Version: 13\r\n", "invalid Sec-WebSocket-Version header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-webkit-deflate-frame",
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=15; client_max_window_bits=15",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; foo=1",
        "not-permessage-deflate",
        ""
      })
  void declinesOffersThatItCannotHonour(String offer) throws Exception {
    assertThat(answer(server, WireClient.handshake(PATH, "Sec-WebSocket-Extensions: " + offer)))
        .startsWith("HTTP/1.1 101 ")
        .doesNotContain("Sec-WebSocket-Extensions");
  }

  @ParameterizedTest
  @CsvSource({
    "permessage-deflate, permessage-deflate",
    "Permessage-Deflate;client_max_window_bits, permessage-deflate",
    "permessage-deflate; client_max_window_bits=9, permessage-deflate",
    "permessage-deflate; server_no_context_takeover,"
        + " permessage-deflate; server_no_context_takeover",
    "permessage-deflate; client_no_context_takeover,"
        + " permessage-deflate; client_no_context_takeover",
    "permessage-deflate; server_max_window_bits=\"15\","
        + " permessage-deflate; server_max_window_bits=15",
    "'permessage-deflate; server_max_window_bits=10, x-y, permessage-deflate', permessage-deflate",
  })
  void acceptsTheFirstOfferThatItCanHonour(String offer, String agreed) throws Exception {
    assertThat(answer(server, WireClient.handshake(PATH, "Sec-WebSocket-Extensions: " + offer)))
        .contains("\r\nSec-WebSocket-Extensions: " + agreed + "\r\n");
  }

  /** With no context on either side each message can be read alone, and the second is the same as the first. */
  @Test
  void keepsNoContextIfThatWasAgreed() throws Exception {
    try (WireClient client = WireClient.open(
        server.url(),
        PATH,
        "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
            + " client_no_context_takeover")) {
      server.awaitConnection();
      server.sendRaw("the same again and again");
      server.sendRaw("the same again and again");
      byte[] first = Objects.requireNonNull(client.read()).payload();
      assertThat(Objects.requireNonNull(client.read()).payload()).isEqualTo(first);
      byte[] pong = ProtocolErrors.deflate("{\"type\":\"pong\"}".getBytes(StandardCharsets.UTF_8));
      client.frame(0xc1, pong);
      client.frame(0xc1, pong);
      server.awaitFrames("pong", 2);
    }
  }

  @Test
  void saysWhichClientIdWasRefusedAndHowToAllowIt() throws Exception {
    assertThat(answer(server, WireClient.handshake("/ws/agent-tracking/client-%0A%1B[2J1")))
        .startsWith("HTTP/1.1 403 ");
    assertThat(refusals)
        .singleElement()
        .satisfies(line -> assertThat(line)
            .contains("\"client-\\u000A\\u001B[2J1\"", "^client_\\d+_[a-z0-9]+$")
            .contains("--any-client-id", "clientIdCheck(ClientIdCheck.OFF)"));
    assertThat(answer(server, WireClient.handshake("/elsewhere/client_1_a")))
        .startsWith("HTTP/1.1 403 ");
    assertThat(refusals)
        .last()
        .asString()
        .contains("\"/elsewhere/client_1_a\"", PATH.substring(0, 18));
  }

  @Test
  void theDeployedFormTakesAnyIdAndTheDocumentedOneIfToldTo() throws Exception {
    try (ReferenceServer deployed =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start();
        ReferenceServer open =
            ReferenceServer.builder().clientIdCheck(ClientIdCheck.OFF).start();
        ReferenceServer strict = ReferenceServer.builder()
            .clientIdCheck(ClientIdCheck.HTTP_403)
            .form(WireForm.DEPLOYED)
            .start()) {
      for (String id :
          new String[] {"client-123", "client_1700000000000", "undefined", "agent_chat_x"}) {
        assertThat(answer(deployed, WireClient.handshake("/api/ws/agent-tracking/" + id)))
            .startsWith("HTTP/1.1 101 ");
        assertThat(answer(open, WireClient.handshake("/ws/agent-tracking/" + id)))
            .startsWith("HTTP/1.1 101 ");
        assertThat(answer(strict, WireClient.handshake("/api/ws/agent-tracking/" + id)))
            .startsWith("HTTP/1.1 403 ");
        assertThat(answer(server, WireClient.handshake("/ws/agent-tracking/" + id)))
            .startsWith("HTTP/1.1 403 ");
      }
    }
  }

  private static String answer(ReferenceServer server, String request) throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      client.write(request);
      return client.answer();
    }
  }
}

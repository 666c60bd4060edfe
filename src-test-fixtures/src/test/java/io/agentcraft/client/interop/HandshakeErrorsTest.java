package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.HandshakeErrors;
import io.agentcraft.testing.WireClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers that the reference server's tests expect are those of uvicorn. */
class HandshakeErrorsTest extends InteropTest {

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.documented();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<HandshakeErrors> handshakes() {
    return HandshakeErrors.all();
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void areAnsweredAlike(HandshakeErrors handshake) throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      client.write(handshake.request());
      assertThat(client.head()).startsWith("HTTP/1.1 " + handshake.status());
    }
  }
}

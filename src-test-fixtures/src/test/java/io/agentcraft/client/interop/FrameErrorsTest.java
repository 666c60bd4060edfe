package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ProtocolErrors;
import io.agentcraft.testing.WireClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The close codes that the reference server's tests expect are those of uvicorn. */
class FrameErrorsTest extends InteropTest {

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.documented();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<ProtocolErrors> errors() {
    return ProtocolErrors.all();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void endWithACloseFrame(ProtocolErrors error) throws Exception {
    String path = "/ws/agent-tracking/client_1_a";
    try (WireClient client = error.compressed()
        ? WireClient.open(server.url(), path, "Sec-WebSocket-Extensions: permessage-deflate")
        : WireClient.open(server.url(), path)) {
      client.write(error.bytes());

      assertThat(client.readClose()).isEqualTo(error.code());
    }
  }
}

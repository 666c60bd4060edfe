package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.AgentStatusUpdate;
import org.junit.jupiter.api.Test;

/** permessage-deflate, as it is on the wire. */
class CompressionTest extends InteropTest {

  @Test
  void framesAreCompressedBothWaysAndArriveWhole() throws Exception {
    try (RealServer server = RealServer.documented();
        TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = client(proxy.url());
      ClientRecorder received = new ClientRecorder(client);
      Await.get(client.connect());
      String large = "Größe ✓ 🚀 ".repeat(20_000);
      AgentStatusUpdate update =
          AgentStatusUpdate.builder("agent-7", "Java Indexer").message(large).build();
      Await.get(client.send(update));
      assertThat(received.next(AgentStatusUpdate.class).message()).isEqualTo(large);

      TcpProxy.Pair wire = proxy.connections().get(0);
      assertThat(wire.request()).contains("Sec-WebSocket-Extensions: permessage-deflate");
      assertThat(wire.response()).contains("Sec-WebSocket-Extensions: permessage-deflate");
      assertThat(wire.serverFrames())
          .allSatisfy(frame -> assertThat(frame.compressed()).isTrue())
          .allSatisfy(frame -> assertThat(frame.payload().size()).isLessThan(large.length() / 10));
      assertThat(wire.clientFrames())
          .filteredOn(frame -> frame.opcode() == WireFrames.TEXT)
          .singleElement()
          .satisfies(frame -> {
            assertThat(frame.compressed()).isTrue();
            assertThat(frame.payload().size()).isLessThan(large.length() / 10);
          });
    }
  }
}

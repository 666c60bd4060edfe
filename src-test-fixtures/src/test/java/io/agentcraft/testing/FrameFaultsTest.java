package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;

/** Bytes that no correct server sends arrive as they are, between the frames that were sent before and after. */
class FrameFaultsTest {

  @Test
  void putsBrokenTextBetweenSoundFrames() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      FrameFaults frames = server.faults().frames();
      String large = "large ".repeat(50_000);
      server.sendRaw(large);
      frames.garbage();
      server.sendRaw(large);
      frames.deepNesting(3);
      frames.invalidUtf8();
      frames.fragmented("in pieces", 4);
      frames.fragmented("x", 3);
      frames.giant(200_000);
      server.sendRaw("after");
      assertThat(client.take()).isEqualTo(large);
      assertThat(client.take()).contains("no JSON");
      assertThat(client.take()).isEqualTo(large);
      assertThat(client.take()).isEqualTo("{\"type\":\"deep\",\"value\":[[[]]]}");
      assertThat(client.take()).isEqualTo("{\"type\":\"broken\",\"value\":\"\ufffd(\"}");
      assertThat(client.take()).isEqualTo("in pieces");
      assertThat(client.take()).isEqualTo("x");
      assertThat(client.take())
          .hasSize(200_000)
          .startsWith("{\"type\":\"giant\"")
          .endsWith("x\"}");
      assertThat(client.take()).isEqualTo("after");
    }
  }

  @Test
  void aBombInflates() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().frames().compressedBomb(1_000_000);
      assertThat(client.take()).hasSize(1_000_000).isBlank();
    }
  }

  @Test
  void closesAsNoServerMay() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      try (RawClient client = RawClient.connect(server)) {
        server.faults().frames().close(1006, "not to be sent");
        assertThat(client.end().failure()).isInstanceOf(ProtocolException.class);
      }
      try (RawClient client = RawClient.connect(server)) {
        server.faults().frames().emptyClose();
        assertThat(client.end().code()).isEqualTo(1005);
      }
      try (RawClient client = RawClient.connect(server)) {
        server.faults().frames().closeThenCut(1012, "Service Restart");
        assertThat(client.end().code()).isEqualTo(1012);
        assertThat(client.end().reason()).isEqualTo("Service Restart");
      }
      try (RawClient client = RawClient.connect(server)) {
        server.faults().frames().truncated("never whole");
        assertThat(client.end().failure()).isInstanceOf(EOFException.class);
        assertThat(client.waiting()).isZero();
      }
      server.awaitConnections(0);
    }
  }

  @Test
  void meansOneConnectionOrAll() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient one = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      server.awaitConnection().frameFaults().closeThenCut(4000, "you");
      assertThat(one.end().code()).isEqualTo(4000);
      server.sendRaw("you not");
      assertThat(other.take()).isEqualTo("you not");
      assertThatThrownBy(() -> server.faults().frames().giant(1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

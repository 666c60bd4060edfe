package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.it.SdkThreads;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections end, what waits report when they time out, and that close leaves nothing behind. */
class LifecycleTest {

  private static final String THREADS = "MockWebServer|reference-server";

  @Test
  void understandsTheRecordedClientFrames() throws Exception {
    List<String> frames = Files.readAllLines(
        Path.of(LifecycleTest.class.getResource("/vectors/client-frames.jsonl").toURI()));
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      frames.forEach(client::send);
      server.awaitFrame("pong");
      assertThat(server.receivedFrames())
          .extracting(ReceivedFrame::text)
          .containsExactlyElementsOf(frames);
      assertThat(server.awaitFrame(GetSessionLogs.class).sessionId()).isEqualTo("session_abc123");
      assertThat(server.awaitFrame(StartLogStreaming.class).sessionId())
          .isEqualTo("session_abc123");
      client.take("session_logs");
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void remembersHowConnectionsEnded() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      try (RawClient client = RawClient.connect(server)) {
        client.close(4001);
        ClientConnection closed = server.awaitDisconnect();
        assertThat(closed.closeCode()).hasValue(4001);
        assertThat(closed.closeReason()).contains("bye");
      }
      try (RawClient client = RawClient.connect(server)) {
        client.vanish();
        assertThat(server.awaitDisconnect().closeCode()).isEmpty();
      }
      try (RawClient client = RawClient.connect(server)) {
        server.faults().closeConnections(1012, "Service Restart");
        assertThat(client.end().code()).isEqualTo(1012);
        assertThat(client.end().reason()).isEqualTo("Service Restart");
        assertThat(server.awaitDisconnect().closeCode()).isPresent();
      }
      try (RawClient client = RawClient.connect(server)) {
        server.faults().resetConnections();
        assertThat(client.end().failure()).isNotNull();
      }
      assertThat(server.openConnections()).isEmpty();
      assertThat(server.connections()).hasSize(4);
    }
  }

  @Test
  void aGracefulStopClosesWith1001AndWaitsForTheAnswers() throws Exception {
    ReferenceServer server = ReferenceServer.start();
    try (RawClient one = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      List<ClientConnection> connections = server.awaitConnections(2);
      server.sendRaw("the last word");

      server.closeGracefully();
      server.closeGracefully();
      server.close();

      for (RawClient client : List.of(one, other)) {
        assertThat(client.take()).isEqualTo("the last word");
        assertThat(client.end().code()).isEqualTo(1001);
        assertThat(client.end().reason()).isEqualTo("The server is stopping");
      }
      assertThat(connections)
          .allSatisfy(connection -> assertThat(connection.closeCode()).hasValue(1000));
      assertThat(RawClient.start(server.url()).end().failure())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aGracefulStopDoesNotWaitForEver() throws Exception {
    ReferenceServer server = ReferenceServer.start();
    try (WireClient silent = WireClient.open(server.url(), "/ws/agent-tracking/client_1_a")) {
      server.closeGracefully();
      assertThat(silent.readClose()).isEqualTo(1001);
      silent.readToEnd();
    }
  }

  @Test
  void cutsOneOfMany() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient one = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      server.awaitConnections(2).get(0).cut();
      assertThat(one.end().failure()).isNotNull();
      server.sendRaw("still there");
      assertThat(other.take()).isEqualTo("still there");
    }
  }

  @Test
  void waitsSayWhatTheySaw() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      Waits impatient = server.within(Duration.ofMillis(1));
      assertThatThrownBy(impatient::connection)
          .isInstanceOf(AssertionError.class)
          .hasMessage("Waited 0.001 s in vain for a new connection. No client has ever connected.");
      try (RawClient client = RawClient.connect(server, "client_1_a")) {
        client.send("{\"type\":\"pong\"}");
        server.awaitFrame("pong");
        assertThatThrownBy(() -> impatient.frame("pong"))
            .hasMessageContaining("a frame of type pong")
            .hasMessageContaining("/ws/agent-tracking/client_1_a (open, 1 frames)")
            .hasMessageContaining("client_1_a: {\"type\":\"pong\"}");
        assertThatThrownBy(() -> impatient.connections(2))
            .hasMessageContaining("2 open connections");
        assertThatThrownBy(impatient::disconnect).hasMessageContaining("a connection to end");
        client.send("{\"type\":\"new\"}\n\u001b[2J\u202e ");
        server.awaitConnections(0);
        assertThatThrownBy(() -> impatient.frame("pong"))
            .hasMessageContaining("client_1_a: {\"type\":\"new\"}\\u000A\\u001B[2J\\u202E");
      }
    }
  }

  @Test
  void refusesWhatCannotWork() {
    try (ReferenceServer server = ReferenceServer.start()) {
      assertThatThrownBy(() -> server.phase("none", "x")).hasMessageContaining("startSession");
      assertThatThrownBy(() -> server.faults().refuseNextHandshakes(1, 200))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> server.faults().refuseNextHandshakes(1, 503, "Retry-After"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ReferenceServer.builder().port(server.port()).start())
          .hasMessageContaining("can't listen on 127.0.0.1:" + server.port());
    }
  }

  @Test
  void leavesNoThreadAndNoSocketBehind() throws Exception {
    List<Thread> before = SdkThreads.named(THREADS);
    ReferenceServer server = ReferenceServer.start();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(RawClient.connect(server));
    }
    server.faults().stallNextHandshake();
    clients.add(RawClient.start(server.url("/ws/agent-tracking/client_1_a")));
    server.close();
    server.close();
    for (RawClient client : clients) {
      assertThat(client.end().failure()).isNotNull();
    }
    List<Thread> started = new ArrayList<>(SdkThreads.named(THREADS));
    started.removeAll(before);
    SdkThreads.awaitEnd(started);
    assertThatThrownBy(() -> server.sendRaw("x")).hasMessageContaining("closed");
  }
}

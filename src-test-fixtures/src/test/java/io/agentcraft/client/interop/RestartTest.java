package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that stop, crash and come back on the same port. */
class RestartTest extends InteropTest {

  private RealServer server;

  @BeforeEach
  void start() throws Exception {
    server = RealServer.documented();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGracefulRestartIsSurvived() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = connected(proxy.url());
      ClientRecorder received = new ClientRecorder(client);
      server.terminate();
      assertAsOnTheWire(received.loss().cause(), proxy.connections().get(0));
      server.startAgain();
      received.next(ConnectionStatus.CONNECTED);
      assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }

  @Test
  void aCrashIsSurvivedAndWhatWasAskedForIsAskedAgain() throws Exception {
    AgentCraftClient client =
        client(server.url(), options -> options.requestTimeout(Duration.ofSeconds(30)));
    ClientRecorder received = new ClientRecorder(client);
    Recorder<LogLine> lines = new Recorder<>();
    client.onLogLine(lines::add);
    Await.get(client.connect());
    String firstId = id(client);
    client.startLogStreaming("session_log");

    server.kill();
    assertThat(received.loss().cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    CompletableFuture<SessionLogs> askedWhileAway = client.getSessionLogs("session_missing");
    server.startAgain();

    received.next(ConnectionStatus.CONNECTED);
    assertThat(Await.get(askedWhileAway).logs()).isEmpty();
    assertThat(id(client)).isNotEqualTo(firstId);
    server.post("/test/log/session_log", "streamed again");
    assertThat(lines.next().message()).isEqualTo("streamed again");
  }

  @Test
  void aHandlerThatCrashesIsNotTheEnd() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = connected(proxy.url());
      ClientRecorder received = new ClientRecorder(client);
      server.post("/test/die/" + id(client), "");
      assertAsOnTheWire(received.loss().cause(), proxy.connections().get(0));
      received.next(ConnectionStatus.CONNECTED);
      assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }

  /** The documented endpoint returns after any error: old uvicorn closes with 1000 then, which does not mean "finished". */
  @Test
  void aHandlerThatReturnsIsNotTheEnd() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = connected(proxy.url());
      ClientRecorder received = new ClientRecorder(client);
      Await.get(client.send(new UnknownMessage(
          "get_session_logs", "{\"type\": \"get_session_logs\", \"session_id\": {}}")));
      assertAsOnTheWire(received.loss().cause(), proxy.connections().get(0));
      received.next(ConnectionStatus.CONNECTED);
      assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }

  /** Versions of uvicorn end connections differently: with a close frame, whose code must be reported, or without. */
  private static void assertAsOnTheWire(DisconnectCause cause, TcpProxy.Pair wire) {
    int code = wire.serverFrames().stream()
        .filter(frame -> frame.opcode() == WireFrames.CLOSE)
        .mapToInt(WireFrames.Frame::closeCode)
        .findFirst()
        .orElse(0);
    if (code == 0) {
      assertThat(cause).isInstanceOf(DisconnectCause.ConnectionLost.class);
    } else {
      assertThat(cause)
          .isInstanceOfSatisfying(
              DisconnectCause.ClosedByServer.class,
              closed -> assertThat(closed.code()).isEqualTo(code));
    }
  }
}

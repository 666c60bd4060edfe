package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
      Told told = new Told(client);
      server.terminate();
      Causes.assertAsOnTheWire(told.loss().cause(), proxy.connections().get(0));
      server.startAgain();
      told.next(ConnectionStatus.CONNECTED);
      assertThat(Told.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }

  @Test
  void aCrashIsSurvivedAndWhatWasAskedForIsAskedAgain() throws Exception {
    AgentCraftClient client =
        client(server.url(), options -> options.requestTimeout(Duration.ofSeconds(30)));
    Told told = new Told(client);
    LinkedBlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
    client.onLogLine(lines::add);
    Told.get(client.connect());
    String firstId = id(client);
    client.startLogStreaming("session_log");

    server.kill();
    assertThat(told.loss().cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    CompletableFuture<SessionLogs> askedWhileAway = client.getSessionLogs("session_missing");
    server.startAgain();

    told.next(ConnectionStatus.CONNECTED);
    assertThat(Told.get(askedWhileAway).logs()).isEmpty();
    assertThat(id(client)).isNotEqualTo(firstId);
    server.post("/test/log/session_log", "streamed again");
    assertThat(lines.poll(10, TimeUnit.SECONDS).message()).isEqualTo("streamed again");
  }

  @Test
  void aHandlerThatCrashesIsNotTheEnd() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = connected(proxy.url());
      Told told = new Told(client);
      server.post("/test/die/" + id(client), "");
      Causes.assertAsOnTheWire(told.loss().cause(), proxy.connections().get(0));
      told.next(ConnectionStatus.CONNECTED);
      assertThat(Told.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }

  /** What the document's endpoint does after any error: old uvicorn closes with 1000 then, which is no "finished". */
  @Test
  void aHandlerThatReturnsIsNotTheEnd() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client = connected(proxy.url());
      Told told = new Told(client);
      Told.get(client.send(new UnknownMessage(
          "get_session_logs", "{\"type\": \"get_session_logs\", \"session_id\": {}}")));
      Causes.assertAsOnTheWire(told.loss().cause(), proxy.connections().get(0));
      told.next(ConnectionStatus.CONNECTED);
      assertThat(Told.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    }
  }
}

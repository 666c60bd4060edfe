package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document's 60 frames a minute, as the server counts them. */
class RateLimitTest extends InteropTest {

  /** A fifteenth of the 60 is kept for pongs. */
  private static final int REQUESTS_A_MINUTE = 51;

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.documented();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nothingOfWhatTheClientSendsIsDropped() throws Exception {
    AgentCraftClient client =
        client(server.url(), options -> options.requestTimeout(Duration.ofSeconds(50)));
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    ask(client, 80).subList(0, REQUESTS_A_MINUTE).forEach(Await::get);
    assertOnlyTheBudgetWasSent(client, received);
  }

  /** The server counts by client id, over all of its connections. */
  @Test
  void aReconnectWithTheSameIdDoesNotEarnAnotherSixty() throws Exception {
    AgentCraftClient client = client(
        server.url(),
        options -> options.clientId("client_1_paced").requestTimeout(Duration.ofSeconds(50)));
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    ask(client, 30).forEach(Await::get);
    server.post("/test/close/client_1_paced/4001", "");
    received.loss();
    received.next(ConnectionStatus.CONNECTED);

    ask(client, 40).subList(0, REQUESTS_A_MINUTE - 30).forEach(Await::get);

    assertOnlyTheBudgetWasSent(client, received);
  }

  @Test
  void aClientWithoutPacingIsDroppedInSilence() throws Exception {
    AgentCraftClient client = client(
        server.url(), options -> options.framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES));
    Await.get(client.connect());
    for (int i = 0; i < 70; i++) {
      Await.get(client.send(new UnknownMessage("pong", "{\"type\": \"pong\"}")));
    }
    assertThat(server.await(id(client), "frames", 70).path("dropped").asInt()).isEqualTo(10);
    assertThat(client.connectionState().isConnected()).isTrue();
  }

  private static List<CompletableFuture<SessionLogs>> ask(AgentCraftClient client, int times) {
    List<CompletableFuture<SessionLogs>> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      answers.add(client.getSessionLogs("session_" + i));
    }
    return answers;
  }

  private static void assertOnlyTheBudgetWasSent(AgentCraftClient client, ClientRecorder received)
      throws Exception {
    server.broadcast("{\"type\": \"later_than_all_answers\"}");
    received.next(UnknownMessage.class);
    JsonNode seen = server.client(id(client));
    assertThat(seen.path("counts").path("frames").asInt()).isEqualTo(REQUESTS_A_MINUTE);
    assertThat(seen.path("dropped").asInt()).isZero();
  }
}

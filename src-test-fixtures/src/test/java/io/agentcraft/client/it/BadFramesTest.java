package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ReferenceServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadFramesTest extends IntegrationTest {

  private final Recorder<AgentCraftException> errors = new Recorder<>();
  private final Recorder<ServerMessage> messages = new Recorder<>();
  private ReferenceServer server;
  private AgentCraftClient client;

  @BeforeEach
  void connect() {
    server = server();
    client = client(server);
    client.onError(errors::add);
    client.onMessage(messages::add);
    connected(server, client);
    messages.next();
  }

  private MalformedMessageException reported() {
    AgentCraftException error = errors.next();
    assertThat(error).isInstanceOf(MalformedMessageException.class);
    // Whatever it was, the connection stays open.
    server.startSession("session_1", "Why?");
    messages.next(message -> message.type().equals("active_sessions"));
    assertThat(client.connectionState().isConnected()).isTrue();
    assertThat(server.connections()).hasSize(1);
    assertThat(errors.rest()).isEmpty();
    return (MalformedMessageException) error;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "hello",
        "{",
        "[]",
        "42",
        "null",
        "\"text\"",
        "{}",
        "{\"type\":7}",
        "{\"type\":null}",
        "{\"Type\":\"ping\"}",
        "{\"type\":\"agent_status\",\"agent_id\":\"a1\",\"progress\":4",
        "{\"type\":\"agent_status\",\"agent_id\":\"a1\"",
        "{\"type\":\"session_state\",\"session_id\":\"s\",\"state\":\"none\"}x",
        "\uFEFFnope",
      })
  void areReportedAndSkipped(String frame) {
    server.sendRaw(frame);
    assertThat(reported().rawText()).isEqualTo(frame);
  }

  @Test
  void longTextIsCutInTheReport() {
    server.sendRaw("x".repeat(2_000_000));
    MalformedMessageException error = reported();
    assertThat(error.rawText().length()).isLessThan(600);
    assertThat(error.getMessage().length()).isLessThan(2_000);
  }

  @Test
  void deepNestingIsReportedAndSkipped() {
    server.sendRaw("{\"type\":\"new_type\",\"deep\":" + "[".repeat(200_000));
    reported();
  }

  @Test
  void binaryFramesAreReportedAndSkipped() {
    server.sendBinary(new byte[] {1, 2, 3});
    assertThat(reported().rawText()).contains("3 bytes");
  }

  @Test
  void manyOfThemAreReportedOneByOne() {
    for (int i = 0; i < 2_000; i++) {
      server.sendRaw("bad " + i);
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(((MalformedMessageException) errors.next()).rawText()).isEqualTo("bad " + i);
    }
    assertThat(client.connectionState().isConnected()).isTrue();
  }
}

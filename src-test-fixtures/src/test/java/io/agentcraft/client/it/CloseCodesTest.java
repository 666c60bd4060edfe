package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause.ClosedByServer;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ReferenceServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodesTest extends IntegrationTest {

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 1012, 1013, 1014, 3000, 4000, 4999})
  void areRetried(int code) {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.faults().closeConnections(code, "so it is");

    assertThat(waiting(states).cause()).isEqualTo(new ClosedByServer(code, "so it is"));
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1007, 1008, 1009, 1010})
  void areFinal(int code) {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.faults().closeConnections(code, "never again");

    ConnectionState failed = status(states, ConnectionStatus.FAILED);
    assertThat(failed.cause()).isEqualTo(new ClosedByServer(code, "never again"));
    assertThat(clock.pendingTimers()).isZero();
    assertThat(Await.get(client.connect()).isConnected()).isTrue();
  }

  @Test
  void theRuleCanBeReplaced() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server,
        options -> options.reconnectPolicy(ExponentialBackoff.defaults()
            .withGiveUpRule(context ->
                context.cause() instanceof ClosedByServer closed && closed.code() == 1012)));
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.faults().closeConnections(1008, "");
    waiting(states);
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
    server.awaitConnections(1);
    server.faults().closeConnections(1012, "");
    status(states, ConnectionStatus.FAILED);
  }

  @Test
  void aCloseFrameCountsAlsoWhenTcpEndsRightAfterIt() {
    ReferenceServer server = server();
    for (int i = 0; i < 20; i++) {
      AgentCraftClient client = client(server);
      Recorder<ConnectionState> states = states(client);
      Recorder<Object> messages = new Recorder<>();
      client.onActiveSessions(messages::add);
      connected(server, client);
      messages.next();
      ClientConnection connection = server.openConnections().get(0);
      connection.close(1012, "restart");
      server.awaitDisconnect();
      connection.cut();
      ConnectionState waiting = waiting(states);
      assertThat(waiting.cause()).isEqualTo(new ClosedByServer(1012, "restart"));
      client.close();
    }
  }
}

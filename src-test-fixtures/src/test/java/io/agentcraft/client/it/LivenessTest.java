package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeTimedOut;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivenessTest extends IntegrationTest {

  /** Connects, and waits for the first message, which counts as traffic. */
  private Recorder<ServerMessage> begin(ReferenceServer server, AgentCraftClient client) {
    Recorder<ServerMessage> messages = new Recorder<>();
    client.onMessage(messages::add);
    connected(server, client);
    messages.next();
    return messages;
  }

  @Test
  void aConnectionThatWentSilentIsDroppedAfter45Seconds() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    begin(server, client);
    clock.advance(seconds(45));
    assertThat(client.connectionState().isConnected()).isTrue();
    clock.advance(seconds(5));
    ConnectionState waiting = waiting(states);
    assertThat(waiting.cause())
        .isInstanceOfSatisfying(
            DisconnectCause.IdleTimedOut.class,
            timedOut -> assertThat(timedOut.idleTime()).isBetween(seconds(45), seconds(46)));
    server.awaitDisconnect();
    assertThat(server.receivedFrames()).isEmpty();
  }

  @Test
  void pingsKeepAConnectionAlive() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ServerMessage> messages = begin(server, client);
    for (int i = 0; i < 10; i++) {
      clock.advance(seconds(30));
      serverClock.advance(seconds(30));
      server.awaitFrame("pong");
      messages.next(message -> message.type().equals("ping"));
    }
    assertThat(client.connectionState().isConnected()).isTrue();
    assertThat(server.receivedFrames()).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatSendsOftenProbesTheServer(WireForm form) {
    ReferenceServer server = server(form);
    AgentCraftClient client = client(server);
    Recorder<ServerMessage> messages = begin(server, client);
    Recorder<Object> lines = new Recorder<>();
    client.onLogLine(lines::add);
    for (int i = 0; i < 12; i++) {
      clock.advance(seconds(10).plusNanos(1));
      Await.get(client.send(new Pong()));
      if (i % 3 == 2) {
        server.awaitFrame("get_session_logs");
        // Nobody asked for the answer: no listener receives it.
        awaitAnswered(server, client);
      }
    }
    assertThat(client.connectionState().isConnected()).isTrue();
    assertThat(messages.rest())
        .hasSize(4)
        .allSatisfy(mark -> assertThat(mark.type()).isEqualTo("mark"));
    assertThat(lines.rest()).isEmpty();
  }

  /** Waits for a later message of the server: when it was received, so was the answer to the probe. */
  private static void awaitAnswered(ReferenceServer server, AgentCraftClient client) {
    Recorder<Object> marks = new Recorder<>();
    var subscription = client.onUnknownMessage(marks::add);
    server.sendRaw("{\"type\":\"mark\"}");
    marks.next();
    subscription.close();
  }

  @Test
  void aServerThatDoesNotAnswerTheProbeIsDead() {
    AgentCraftClient client = connectedToASilentServer();
    Recorder<ConnectionState> states = states(client);
    for (int i = 0; i < 3; i++) {
      clock.advance(seconds(10));
      Await.get(client.send(new Pong()));
    }
    clock.advance(seconds(14));
    assertThat(client.connectionState().isConnected()).isTrue();
    clock.advance(seconds(2));
    assertThat(waiting(states).cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
  }

  @Test
  void theProbeDoesNotWaitForTheRateLimit() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = client(server);
    begin(server, client);
    clock.advance(seconds(20));
    for (int i = 0; i < 100; i++) {
      var unused = client.send(new Pong());
    }
    clock.settle();
    server.awaitFrames("pong", 50);
    clock.advance(seconds(10).plusNanos(1));
    server.awaitFrame("get_session_logs");
  }

  @Test
  void aHandshakeThatStallsTimesOut() {
    ReferenceServer server = server();
    server.faults().stallNextHandshake();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    status(states, ConnectionStatus.CONNECTING);
    clock.advance(seconds(15).minusNanos(1));
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTING);
    clock.advance(Duration.ofNanos(1));
    assertThat(waiting(states).cause()).isEqualTo(new HandshakeTimedOut(seconds(15), ""));
    server.faults().releaseStalledHandshakes();
    clock.advance(seconds(2));
    assertThat(Await.get(connecting).isConnected()).isTrue();
  }

  @Test
  void aFullDispatcherOfTheCallersIsNamedAsWhatMayBeInTheWay() {
    ReferenceServer server = server();
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(2);
    OkHttpClient full = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    closed(() -> dispatcher.executorService().shutdown());
    Stream.of(1, 2)
        .forEach(
            i -> Await.get(client(server, options -> options.okHttpClient(full)).connect()));
    AgentCraftClient third = client(server, options -> options.okHttpClient(full));
    Recorder<ConnectionState> states = states(third);
    var unused = third.connect();
    status(states, ConnectionStatus.CONNECTING);
    clock.advance(seconds(15));
    assertThat(waiting(states).cause())
        .isInstanceOfSatisfying(
            HandshakeTimedOut.class,
            timedOut ->
                assertThat(timedOut.description()).contains("2 calls").contains("setMaxRequests"));
  }
}

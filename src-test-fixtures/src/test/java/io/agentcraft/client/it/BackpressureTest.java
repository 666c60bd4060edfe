package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ReferenceServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackpressureTest extends IntegrationTest {

  private final BlockingListener listener = closed(new BlockingListener());

  private static void update(ReferenceServer server, int progress) {
    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, progress % 101, "step " + progress);
  }

  @Test
  void answersPingsWhileAListenerIsBlocked() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    client.onActiveSessions(sessions -> listener.block());
    connected(server, client);
    listener.awaitBlocked();
    serverClock.advance(seconds(30));
    server.awaitFrame("pong");
    serverClock.advance(seconds(30));
    server.awaitFrame("pong");
    listener.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 64, 400})
  void whenTheQueueIsFullTheReaderWaitsAndNothingIsLost(int bound) {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.callbackQueue(bound, OverflowStrategy.BLOCK));
    Recorder<String> received = new Recorder<>();
    client.onActiveSessions(sessions -> listener.block());
    client.onAgentStatus(update -> received.add(update.message()));
    connected(server, client);
    listener.awaitBlocked();
    IntStream.range(0, 500).forEach(i -> update(server, i));
    // With so many messages waiting, the ping behind them is not read: that is the backpressure.
    serverClock.advance(seconds(30));
    assertThat(server.receivedFrames()).isEmpty();
    listener.release();

    server.awaitFrame("pong");
    assertThat(received.next(500))
        .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "step " + i).toList());
    assertThat(client.connectionState().isConnected()).isTrue();
  }

  @Test
  void orTheOldestAreDropped() {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.callbackQueue(4, OverflowStrategy.DROP_OLDEST));
    Recorder<String> received = new Recorder<>();
    client.onActiveSessions(sessions -> listener.block());
    client.onAgentStatus(update -> received.add(update.message()));
    connected(server, client);
    listener.awaitBlocked();
    IntStream.range(0, 100).forEach(i -> update(server, i));
    // The reader goes on, so it has seen all of them when it answers the ping.
    serverClock.advance(seconds(30));
    server.awaitFrame("pong");
    listener.release();

    assertThat(received.next(4)).containsExactly("step 96", "step 97", "step 98", "step 99");
  }

  @Test
  void aListenerThatThrowsTouchesNobodyElse() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentCraftException> errors = new Recorder<>();
    Recorder<ServerMessage> others = new Recorder<>();
    client.onError(errors::add);
    client.onError(error -> {
      throw new IllegalStateException("even here");
    });
    client.onAgentStatus(update -> {
      throw new IllegalStateException("my mistake");
    });
    client.onAgentStatus(update -> {
      throw new AssertionError("an error, not an exception");
    });
    client.onConnectionState(state -> {
      throw new IllegalStateException("of the state's listener");
    });
    client.onAgentStatus(others::add);
    connected(server, client);
    update(server, 1);
    update(server, 2);

    others.next(2);
    assertThat(client.connectionState().isConnected()).isTrue();
    AgentCraftException first = errors.next(error -> error.getMessage().contains("agent_status"));
    assertThat(first).isInstanceOf(ListenerException.class).hasRootCauseMessage("my mistake");
    assertThat(errors.next()).hasRootCauseMessage("an error, not an exception");
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void listenersRunOneAtATimeAndInOrder() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<String> received = new Recorder<>();
    client.onMessage(message -> {
      if (message instanceof AgentStatusUpdate update) {
        received.add("all " + update.message());
      }
    });
    client.onAgentStatus(update -> received.add("first " + update.message()));
    client.onAgentStatus(update -> received.add("second " + update.message()));
    connected(server, client);
    update(server, 1);
    update(server, 2);
    assertThat(received.next(6))
        .isEqualTo(List.of(
            "all step 1",
            "first step 1",
            "second step 1",
            "all step 2",
            "first step 2",
            "second step 2"));
  }
}

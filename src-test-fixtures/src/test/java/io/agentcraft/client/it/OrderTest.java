package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ReceivedFrame;
import io.agentcraft.testing.ReferenceServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of an agent's updates at a server when connections are cut at any time and relays get lost. */
class OrderTest extends PublishingTest {

  private static final int CUTS = 12;
  private static final int AGENTS = 3;
  private static final String END = "the end";

  /** Of each agent, for each update whether it was final: its number is its place. */
  private final List<List<Boolean>> published = new ArrayList<>();

  private final List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();

  static Stream<Arguments> runs() {
    return IntStream.range(0, 5)
        .boxed()
        .flatMap(seed -> Stream.of(PublishTransport.WEBSOCKET, PublishTransport.AUTO)
            .map(path -> Arguments.of(path, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void nothingOlderIsReceivedAfterSomethingNewerHoweverConnectionsAreCut(
      PublishTransport path, int seed) {
    Random random = new Random(seed);
    IntStream.range(0, AGENTS).forEach(agent -> published.add(new ArrayList<>()));
    ReferenceServer server = server(options -> options);
    Recorder<AgentStatusUpdate> received = new Recorder<>();
    AgentCraftClient watcher = client(server.url(), options -> options);
    watcher.onAgentStatus(received::add);
    connected(watcher);
    ClientConnection unused = server.awaitConnection();
    AgentCraftClient client = client(
        server.url(),
        options -> options
            .publishTransport(path)
            .reconnectPolicy(
                ExponentialBackoff.defaults().withMaxAttempts(ExponentialBackoff.UNLIMITED)));
    Recorder<ConnectionState> states = states(client);
    connected(client);
    // Over the socket alone, a server that never relayed would be given up.
    AgentPublisher first = client.agent("first", "First");
    assertThat(fate(first.completed("hello")))
        .isEqualTo(path == PublishTransport.WEBSOCKET ? "WEBSOCKET" : "HTTP");
    for (int cut = 0; cut < CUTS; cut++) {
      ClientConnection connection = server.awaitConnection();
      loseRelays(server, connection, new Random(random.nextLong()));
      publishSome(client, random);
      end(connection, random);
      clock.advance(waiting(states).nextDelay());
    }
    server.faults().healAll();
    receipts.forEach(this::endsInTime);

    server.broadcast(AgentStatusUpdate.builder(END, END).build());
    List<AgentStatusUpdate> seen = new ArrayList<>();
    for (AgentStatusUpdate next = received.next();
        !next.agentId().equals(END);
        next = received.next()) {
      seen.add(next);
    }
    assertOrder(seen);
    if (path == PublishTransport.WEBSOCKET) {
      assertOrder(server.receivedFrames().stream()
          .map(ReceivedFrame::message)
          .filter(AgentStatusUpdate.class::isInstance)
          .map(AgentStatusUpdate.class::cast)
          .toList());
    }
    assertThat(server.droppedFrames()).isZero();
  }

  private void publishSome(AgentCraftClient client, Random random) {
    int steps = random.nextInt(16);
    for (int step = 0; step < steps; step++) {
      int agent = random.nextInt(AGENTS);
      List<Boolean> updates = published.get(agent);
      AgentPublisher publisher =
          client.agent("agent " + agent, "Agent").withMetadata("number", updates.size());
      boolean last = random.nextBoolean();
      updates.add(last);
      CompletableFuture<PublishReceipt> receipt =
          last ? publisher.completed("done") : publisher.processing(50, "at work");
      receipts.add(receipt);
      switch (random.nextInt(8)) {
        case 0 -> advance(random.nextDouble() * 6);
        case 1 -> clock.settle();
        default -> {
          // At once.
        }
      }
    }
  }

  /** Loses every fourth relay to one connection. */
  private static void loseRelays(
      ReferenceServer server, ClientConnection connection, Random random) {
    server.faults().rewriteSent((to, text) -> {
      boolean lost =
          to == connection && text.contains(AgentStatusUpdate.TYPE) && random.nextInt(4) == 0;
      return lost ? List.of() : List.of(text);
    });
  }

  private static void end(ClientConnection connection, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> connection.cut();
      case 1 -> connection.reset();
      default -> connection.close(1012, "");
    }
  }

  private void assertOrder(List<AgentStatusUpdate> seen) {
    for (int agent = 0; agent < AGENTS; agent++) {
      String id = "agent " + agent;
      List<Boolean> updates = published.get(agent);
      List<Integer> numbers = seen.stream()
          .filter(update -> update.agentId().equals(id))
          .map(update -> (Number) Objects.requireNonNull(update.metadata().get("number")))
          .map(Number::intValue)
          .toList();
      assertThat(numbers).as(id).isSorted().endsWith(updates.size() - 1);
      assertThat(numbers)
          .as(id)
          .containsAll(
              IntStream.range(0, updates.size()).filter(updates::get).boxed().toList());
    }
    assertThat(seen)
        .anySatisfy(update -> assertThat(update.status()).isEqualTo(AgentStatus.COMPLETED));
  }
}

package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.outbox.FrameBudget;
import io.agentcraft.client.internal.outbox.FrameBudget.Share;
import io.agentcraft.client.message.Pong;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishPath;
import io.agentcraft.client.publish.PublishReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any interleaving of publishes, lost relays, cuts, reconnects, failed posts and time. */
class PublishPropertyTest {

  private static final List<PublishPath> PATHS = List.of(PublishPath.values());
  private static final int STEPS = 400;
  private static final int AGENTS = 12;

  private final Map<String, List<String>> published = new LinkedHashMap<>();
  private final List<CompletionStage<PublishReceipt>> receipts = new ArrayList<>();
  private final Map<String, Integer> finals = new LinkedHashMap<>();

  static IntStream seeds() {
    return IntStream.range(0, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLastWordArrives(int seed) {
    Random random = new Random(seed);
    PublishPath path = PATHS.get(random.nextInt(PATHS.size()));
    boolean relays = path == PublishPath.SOCKET || random.nextBoolean();
    Bench bench = new Bench(path);
    SimulatedServer server = new SimulatedServer(bench, random, relays);
    bench.httpEndpoint = server;
    SimulatedServer.@Nullable Socket socket = null;
    int updatesForAFinal = 1 + random.nextInt(5);
    int longestStep = random.nextBoolean() ? 500 : 50;
    int longestPause = random.nextBoolean() ? 30_000 : 1_000;
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 3) {
        socket = socket == null ? up(bench, server) : down(bench, socket);
      } else if (what < 6 && socket != null) {
        otherFrame(bench, socket);
      } else if (what < 70) {
        publish(bench, random, updatesForAFinal);
      } else {
        bench.time.advance(
            Duration.ofMillis(random.nextInt(what < 73 ? longestPause : longestStep)));
      }
    }
    server.calm = true;
    if (socket == null) {
      up(bench, server);
    }
    bench.seconds(1_200);

    assertThat(server.dropped).isZero();
    published.forEach((agent, messages) -> {
      List<String> seen = server.seen.getOrDefault(agent, List.of());
      assertThat(seen).endsWith(messages.get(messages.size() - 1));
      assertThat(seen)
          .containsAll(messages.stream().filter(one -> one.startsWith("F")).toList());
      // Some are seen twice, but what is seen for the first time is newer than all before it.
      assertThat(seen.stream().distinct().map(messages::indexOf).toList()).isSorted();
    });
    bench.close();
    bench.seconds(2);
    assertThat(receipts.stream().map(Bench::fate).distinct())
        .isSubsetOf("SOCKET", "HTTP", "superseded");
    assertThat(bench.closes).isEqualTo(1);
  }

  private void publish(Bench bench, Random random, int updatesForAFinal) {
    String id = "agent" + random.nextInt(AGENTS);
    AgentPublisher agent = bench.agent(id);
    List<String> messages = published.computeIfAbsent(id, key -> new ArrayList<>());
    boolean last = random.nextInt(updatesForAFinal) == 0
        && finals.merge(id, 1, Integer::sum) < AgentSlot.MOST_KEPT;
    String message = (last ? "F" : "u") + messages.size();
    messages.add(message);
    receipts.add(last ? agent.completed(message) : agent.processing(random.nextInt(100), message));
  }

  private static SimulatedServer.Socket up(Bench bench, SimulatedServer server) {
    SimulatedServer.Socket socket = server.new Socket();
    bench.up(socket);
    return socket;
  }

  private static SimulatedServer.@Nullable Socket down(Bench bench, SimulatedServer.Socket socket) {
    socket.cancel();
    bench.publishing.onDown();
    return null;
  }

  /** A pong or a request, which has a share of the budget of its own. */
  private static void otherFrame(Bench bench, SimulatedServer.Socket socket) {
    long now = bench.time.nanoTime();
    if (bench.budget.waitFor(Share.REQUEST, now) == 0) {
      socket.send(bench.codec.encode(new Pong()));
      bench.budget.sent(FrameBudget.Share.REQUEST, now);
    }
  }
}

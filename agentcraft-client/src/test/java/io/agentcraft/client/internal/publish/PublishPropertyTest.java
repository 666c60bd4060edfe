package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.client.internal.publish.SimulatedServer.Manner;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any interleaving of publishes, lost and late relays, cuts, reconnects, changes of the path, failed posts and time. */
class PublishPropertyTest {

  private static final List<PublishTransport> PATHS = List.of(PublishTransport.values());
  private static final List<Manner> MANNERS = List.of(Manner.values());
  private static final int STEPS = 400;
  private static final int AGENTS = 12;

  /** Of each agent, for each update whether it was final: its number is its place. */
  private final Map<String, List<Boolean>> published = new LinkedHashMap<>();

  private final List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
  private final Map<String, Integer> finals = new LinkedHashMap<>();

  /** The later ones once found faults that take many coincidences. */
  static IntStream seeds() {
    return IntStream.concat(
        IntStream.range(0, 200), IntStream.of(323, 340, 465, 509, 1_559, 4_611));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLastWordIsHeardAndNothingOlderAfterSomethingNewer(int seed) {
    Random random = new Random(seed);
    PublishTransport path = PATHS.get(random.nextInt(PATHS.size()));
    Bench bench = new Bench(path);
    SimulatedServer server = server(bench, path, random);
    bench.httpEndpoint = server;
    SimulatedServer.@Nullable Socket socket = null;
    int updatesForAFinal = 1 + random.nextInt(5);
    // Where all of them say the same, a relay tells little of what it confirms.
    boolean alike = random.nextInt(3) == 0;
    int longestStep = random.nextBoolean() ? 500 : 50;
    int longestPause = random.nextBoolean() ? 30_000 : 1_000;
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 3) {
        socket = socket == null ? up(bench, server) : down(bench, socket);
      } else if (what < 6 && socket != null) {
        otherFrame(bench, socket);
      } else if (what < 7) {
        server.manner = manner(server, path, random);
      } else if (what < 8 && socket == null && path == PublishTransport.AUTO) {
        bench.engine.onGaveUp(new NotConnectedException("gave up"));
      } else if (what < 70) {
        publish(bench, random, updatesForAFinal, alike);
      } else {
        bench.time.advance(
            Duration.ofMillis(random.nextInt(what < 73 ? longestPause : longestStep)));
      }
    }
    server.calm = true;
    server.manner = path == PublishTransport.WEBSOCKET ? Manner.RELAYS : server.manner;
    if (socket == null) {
      up(bench, server);
    }
    bench.seconds(1_200);

    assertThat(server.dropped).isZero();
    published.forEach((agent, updates) -> {
      List<Integer> heard = server.heard.getOrDefault(agent, List.of());
      // Some are heard twice, in a row.
      assertThat(heard).as(agent).isSorted().endsWith(updates.size() - 1);
      assertThat(heard)
          .as(agent)
          .containsAll(
              IntStream.range(0, updates.size()).filter(updates::get).boxed().toList());
    });
    bench.close();
    bench.seconds(2);
    assertThat(receipts.stream().map(Bench::fate).distinct())
        .isSubsetOf(
            path == PublishTransport.WEBSOCKET
                ? List.of("WEBSOCKET", "superseded")
                : List.of("WEBSOCKET", "HTTP", "accepted", "superseded"));
    assertThat(bench.closes).isEqualTo(1);
  }

  private static SimulatedServer server(Bench bench, PublishTransport path, Random random) {
    Manner first =
        path == PublishTransport.WEBSOCKET || random.nextBoolean() ? Manner.RELAYS : Manner.IGNORES;
    // There and back longer than relays are waited for, unless a post could overtake what is still
    // on its way.
    boolean mayBeLong = path != PublishTransport.AUTO && random.nextBoolean();
    return new SimulatedServer(bench, random, first, Duration.ofMillis(mayBeLong ? 4_900 : 3_000));
  }

  /** Over the socket alone, a server must have relayed once so as not to be given up, and hear all. */
  private static Manner manner(SimulatedServer server, PublishTransport path, Random random) {
    if (path == PublishTransport.WEBSOCKET) {
      return server.hasRelayed && random.nextBoolean() ? Manner.HEARS : Manner.RELAYS;
    }
    return MANNERS.get(random.nextInt(MANNERS.size()));
  }

  private void publish(Bench bench, Random random, int updatesForAFinal, boolean alike) {
    String id = "agent" + random.nextInt(AGENTS);
    List<Boolean> updates = published.computeIfAbsent(id, key -> new ArrayList<>());
    int number = updates.size();
    boolean last = random.nextInt(updatesForAFinal) == 0
        && finals.merge(id, 1, Integer::sum) < AgentQueue.MAX_REQUIRED;
    updates.add(last);
    AgentPublisher agent = bench.agent(id).withMetadata("number", number);
    String message = alike ? "the same" : "update " + number;
    receipts.add(last ? agent.completed(message) : agent.processing(50, message));
  }

  private static SimulatedServer.Socket up(Bench bench, SimulatedServer server) {
    SimulatedServer.Socket socket = server.new Socket();
    bench.up(socket);
    return socket;
  }

  private static SimulatedServer.@Nullable Socket down(Bench bench, SimulatedServer.Socket socket) {
    socket.cancel();
    bench.engine.onDown();
    return null;
  }

  /** A pong or a request, which has a share of the budget of its own. */
  private static void otherFrame(Bench bench, SimulatedServer.Socket socket) {
    long now = bench.time.nanoTime();
    if (bench.budget.waitFor(Share.REQUEST, now) == 0) {
      socket.send(bench.codec.encode(new Pong()));
      bench.budget.sent(FrameRateLimiter.Share.REQUEST, now);
    }
  }
}

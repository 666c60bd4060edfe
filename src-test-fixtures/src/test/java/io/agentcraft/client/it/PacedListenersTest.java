package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacedListenersTest extends IntegrationTest {

  private static void updates(ReferenceServer server, String agent, int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> server.agentStatus(agent, agent, AgentStatus.PROCESSING, i, "step " + i));
  }

  @Test
  void aThrottledListenerReceivesTheFirstAndTheNewestOfEachAgent() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentStatusUpdate> all = new Recorder<>();
    Recorder<String> throttled = new Recorder<>();
    client.onAgentStatus(
        Throttle.perSecond(2), update -> throttled.add(update.agentId() + " " + update.message()));
    client.onAgentStatus(all::add);
    connected(server, client);
    updates(server, "a1", 0, 50);
    updates(server, "a2", 0, 50);
    all.next(100);
    assertThat(throttled.next(2)).containsExactly("a1 step 0", "a2 step 0");
    assertThat(throttled.rest()).isEmpty();
    clock.advance(Duration.ofMillis(500));
    assertThat(throttled.next(2)).containsExactlyInAnyOrder("a1 step 49", "a2 step 49");
    clock.advance(seconds(10));
    assertThat(throttled.rest()).isEmpty();
  }

  @Test
  void theLastUpdateComesAlsoWhenTheClientIsClosed() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    BlockingListener blocking = closed(new BlockingListener());
    Recorder<String> throttled = new Recorder<>();
    client.onActiveSessions(sessions -> blocking.block());
    client.onAgentStatus(Throttle.perSecond(1), update -> throttled.add(update.message()));
    connected(server, client);
    blocking.awaitBlocked();
    updates(server, "a1", 0, 20);
    // The pong shows that the updates have been read: they wait for the listener, and close does
    // too.
    serverClock.advance(seconds(30));
    server.awaitFrame("pong");
    var closing = client.closeAsync();
    blocking.release();
    Await.get(closing);
    assertThat(throttled.rest()).containsExactly("step 0", "step 19");
  }

  @Test
  void batchesComeWhenTheyAreFullOrOldEnoughOrTheClientIsClosed() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ServerMessage> all = new Recorder<>();
    Recorder<List<ServerMessage>> batches = new Recorder<>();
    client.onBatch(Batching.of(Duration.ofMillis(50), 10), batches::add);
    client.onAgentStatus(all::add);
    connected(server, client);
    updates(server, "a1", 0, 22);
    all.next(22);
    // The first message of all is active_sessions.
    assertThat(batches.next()).hasSize(10);
    assertThat(batches.next()).hasSize(10);
    assertThat(batches.rest()).isEmpty();
    clock.advance(Duration.ofMillis(50));
    assertThat(batches.next())
        .extracting(message -> ((AgentStatusUpdate) message).message())
        .containsExactly("step 19", "step 20", "step 21");
    updates(server, "a1", 22, 24);
    all.next(2);
    client.close();
    assertThat(batches.rest())
        .singleElement()
        .satisfies(last -> assertThat(last).hasSize(2));
  }
}

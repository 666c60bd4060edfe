package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CutsTest extends PublishingTest {

  private static final int CUTS = 15;

  @ParameterizedTest
  @EnumSource(names = "HTTP", mode = Mode.EXCLUDE)
  void noFinalStatusIsLostThoughTheConnectionIsCutEveryFewSeconds(PublishTransport path) {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(
        server.url(),
        options -> options
            .publishTransport(path)
            .reconnectPolicy(
                ExponentialBackoff.defaults().withMaxAttempts(ExponentialBackoff.UNLIMITED)));
    Recorder<ConnectionState> states = states(client);
    connected(client);
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    List<CompletableFuture<PublishReceipt>> receiptsOfFinals = new ArrayList<>();
    List<String> finals = new ArrayList<>();
    for (int cut = 0; cut < CUTS; cut++) {
      server.awaitConnection();
      for (int agent = 0; agent < 3; agent++) {
        AgentPublisher publisher = client.agent("agent " + agent, "Agent");
        String end = "end " + cut + " of " + agent;
        receipts.add(publisher.processing(cut, "step " + cut));
        receiptsOfFinals.add(publisher.completed(end));
        receipts.add(publisher.processing(cut, "another step " + cut));
        finals.add(end);
      }
      server.faults().cutConnections();
      clock.advance(waiting(states).nextDelay());
    }
    List<String> fates = receiptsOfFinals.stream().map(PublishingTest::fate).toList();
    assertThat(fates).containsOnly(path == PublishTransport.WEBSOCKET ? "WEBSOCKET" : "HTTP");
    // What is not final is paced across connections, so the clock has to go on.
    receipts.forEach(this::endsInTime);
    if (path == PublishTransport.AUTO) {
      assertThat(overWebSocket(server)).isEmpty();
      return;
    }
    assertThat(overWebSocket(server)).containsAll(finals);
    for (int agent = 0; agent < 3; agent++) {
      String ofAgent = " of " + agent;
      assertThat(overWebSocket(server).stream()
              .filter(message -> message.endsWith(ofAgent))
              .distinct())
          .containsExactlyElementsOf(
              finals.stream().filter(message -> message.endsWith(ofAgent)).toList());
    }
    assertThat(server.droppedFrames()).isZero();
  }

  @Test
  void afterGivingUpALaterUpdateConnectsAgain() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(
        server.url(),
        options -> options
            .publishTransport(PublishTransport.WEBSOCKET)
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0)));
    AgentPublisher agent = client.agent("a", "Agent");
    server.faults().refuseNextHandshakes(1, 503);
    assertThat(Await.failure(agent.completed("one"))).isInstanceOf(ConnectionFailedException.class);
    assertThat(Await.failure(agent.completed("a moment later")))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("A later update tries again");
    advance(30);
    assertThat(fate(agent.completed("two"))).isEqualTo("WEBSOCKET");
    assertThat(overWebSocket(server)).containsExactly("two");
  }
}

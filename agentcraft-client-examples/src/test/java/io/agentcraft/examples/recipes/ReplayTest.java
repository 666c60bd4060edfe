package io.agentcraft.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.AgentCraftTest;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReplaySpeed;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A test that replays a recording, as {@code RecordTraffic} or {@code agentcraft record} writes it, to the client.
 *
 * <p>To run it: {@code mvn test -Dtest=ReplayTest}
 */
@AgentCraftTest
class ReplayTest {

  private static final Path RECORDING = Path.of("src/test/resources/recording.jsonl");

  @Test
  void receivesWhatWasRecorded(ReferenceServer server, AgentCraftClient client) throws Exception {
    BlockingQueue<AgentStatusUpdate> updates = new LinkedBlockingQueue<>();
    client.onAgentStatus(updates::add);

    server.replay(RECORDING, ReplaySpeed.times(10));

    assertThat(updates.poll(10, TimeUnit.SECONDS).status()).isEqualTo(AgentStatus.PROCESSING);
    assertThat(updates.poll(10, TimeUnit.SECONDS).status()).isEqualTo(AgentStatus.COMPLETED);
  }
}

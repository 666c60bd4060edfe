package io.agentcraft.client.it.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.ClientHarness;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the first receipt of a process waits for: the replies of the server, and no timer. */
class FirstReceiptTest extends ClientHarness {

  @AfterEach
  void closeAll() {
    close();
  }

  @ParameterizedTest
  @EnumSource
  void theServerIsAskedOnceAndNoTimerIsWaitedFor(WireForm form) {
    ReferenceServer server = server(options -> options.form(form).pingInterval(Duration.ZERO));
    AgentCraftClient client = client(server.url(), options -> options);
    Instant start = clock.now();
    AgentPublisher agent = client.agent("a", "Agent");
    for (int i = 0; i < 5; i++) {
      assertThat(Await.get(agent.completed("done " + i)))
          .isInstanceOfSatisfying(
              PublishReceipt.Delivered.class,
              delivered -> assertThat(delivered.transport()).isEqualTo(PublishTransport.HTTP));
    }
    assertThat(clock.now()).isEqualTo(start);
    assertThat(server.receivedFrames().stream().map(frame -> frame.message().type()))
        .containsExactly("get_session_state", "get_session_logs");
  }
}

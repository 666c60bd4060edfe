package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An interrupt that user code leaves on a thread of the SDK does not get any further. */
class InterruptsTest extends IntegrationTest {

  @Test
  void theNextListenerCanSleep() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<Object> errors = new Recorder<>();
    Recorder<Object> slept = new Recorder<>();
    client.onError(errors::add);
    client.onAgentStatus(update -> Thread.currentThread().interrupt());
    client.onAgentStatus(update -> {
      sleepAMoment();
      slept.add(update);
    });
    connected(server, client);
    server.agentStatus("a", "Agent", AgentStatus.PROCESSING, 1, "first");
    server.agentStatus("a", "Agent", AgentStatus.PROCESSING, 2, "second");

    slept.next(2);
    assertThat(errors.rest()).isEmpty();
  }

  /** OkHttp would take an interrupt of its reader for the end of the connection. */
  @Test
  void aFrameListenerOrMetricsDoNotCostTheConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server,
        options -> options
            .frameListener((direction, text) -> Thread.currentThread().interrupt())
            .metrics(new InterruptingMetrics()));
    Recorder<ServerMessage> messages = new Recorder<>();
    client.onMessage(messages::add);
    connected(server, client);
    for (int i = 0; i < 10; i++) {
      server.agentStatus("a", "Agent", AgentStatus.PROCESSING, i, "still there");
      messages.next(message -> message.type().equals("agent_status"));
    }

    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void anExecutorOfTheCallersThatIsShutDownByForceKeepsItsInterrupt() throws Exception {
    ReferenceServer server = server();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    AgentCraftClient client = client(server, options -> options.callbackExecutor(executor));
    CountDownLatch inListener = new CountDownLatch(1);
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    client.onAgentStatus(update -> {
      inListener.countDown();
      while (!Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    });
    client.onAgentStatus(update -> next.complete(Thread.currentThread().isInterrupted()));
    connected(server, client);
    server.agentStatus("a", "Agent", AgentStatus.PROCESSING, 1, "first");
    assertThat(inListener.await(10, TimeUnit.SECONDS)).isTrue();
    executor.shutdownNow();

    assertThat(Await.get(next)).isTrue();
  }

  private static void sleepAMoment() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted by another listener", interrupted);
    }
  }

  private static final class InterruptingMetrics implements ClientMetrics {

    @Override
    public void frameReceived(String type) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.ReferenceServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ManyClientsTest extends IntegrationTest {

  private static final int CLIENTS = 1_000;

  @Test
  void aThousandClientsOnOneOkHttpClientNeedNoThreadOfTheSdkEach() {
    ReferenceServer server = server();
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(2 * CLIENTS);
    OkHttpClient shared = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    closed(() -> dispatcher.executorService().shutdown());
    List<AgentCraftClient> clients = Stream.generate(
            () -> client(server, options -> options.okHttpClient(shared)))
        .limit(CLIENTS)
        .toList();
    Recorder<AgentStatusUpdate> received = new Recorder<>();
    clients.forEach(client -> client.onAgentStatus(received::add));

    List<CompletableFuture<ConnectionState>> connecting =
        clients.stream().map(AgentCraftClient::connect).toList();
    connecting.forEach(Await::get);
    server.awaitConnections(CLIENTS);
    assertThat(dispatcher.runningCallsCount()).isEqualTo(CLIENTS);
    SdkThreads.awaitAtMost(4);

    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 40, "Writing");
    assertThat(received.next(CLIENTS))
        .allSatisfy(update -> assertThat(update.progress()).isEqualTo(40));

    List<CompletableFuture<Void>> closing =
        clients.stream().map(AgentCraftClient::closeAsync).toList();
    closing.forEach(Await::get);
    server.awaitConnections(0);
    SdkThreads.awaitNone();
    // What belongs to the caller is not shut down.
    assertThat(dispatcher.executorService().isShutdown()).isFalse();
    connected(server, client(server, options -> options.okHttpClient(shared)));
  }
}

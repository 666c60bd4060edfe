package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** The threads of clients that use the default scheduler. */
class ThreadsTest extends IntegrationTest {

  private AgentCraftClient realClient(ReferenceServer server) {
    return closed(AgentCraftClient.builder(server.url()).build());
  }

  @Test
  void aClientThatWasOnlyBuiltHasNoThread() {
    ReferenceServer server = server();
    SdkThreads.awaitNone();
    AgentCraftClient client = realClient(server);
    assertThat(SdkThreads.running()).isEmpty();
    client.close();
    SdkThreads.awaitNone();
  }

  @Test
  void noThreadIsLeftAfterTheLastClose() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?", "Writer");
    AgentCraftClient first = realClient(server);
    AgentCraftClient second = realClient(server);
    Recorder<Object> received = new Recorder<>();
    first.onAgentStatus(received::add);
    second.onAgentStatus(received::add);
    Await.get(first.connect());
    Await.get(second.connect());
    Await.get(first.getSessionState("session_1"));
    server.awaitConnections(2);
    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 40, "Writing");
    received.next(2);
    assertThat(SdkThreads.running())
        .isNotEmpty()
        .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    first.close();
    // The other one is not affected.
    assertThat(Await.get(second.getSessionLogs("session_1")).sessionId()).isEqualTo("session_1");
    second.close();
    SdkThreads.awaitNone();
    AgentCraftClient third = realClient(server);
    Await.get(third.connect());
    third.close();
    SdkThreads.awaitNone();
  }

  @Test
  void noThreadIsLeftWhenTheClientGaveUpOrWasWaiting() {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(1, 410);
    AgentCraftClient failed = realClient(server);
    Await.failure(failed.connect(), ConnectionFailedException.class);
    AgentCraftClient waiting = realClient(server);
    Recorder<ConnectionState> states = states(waiting);
    Await.get(waiting.connect());
    cut(server);
    waiting(states);
    AgentCraftClient stalled = realClient(server);
    server.faults().stallNextHandshake();
    var unused = stalled.connect();
    failed.close();
    waiting.close();
    stalled.close();
    SdkThreads.awaitNone();
  }

  @Test
  void whatTheCallerBroughtIsNotShutDown() {
    ReferenceServer server = server();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    closed(executor::shutdownNow);
    OkHttpClient okHttp = new OkHttpClient();
    ExecutorService dispatcher = okHttp.dispatcher().executorService();
    closed(dispatcher::shutdown);
    AgentCraftClient client =
        client(server, options -> options.callbackExecutor(executor).okHttpClient(okHttp));
    connected(server, client);
    client.close();
    assertThat(executor.isShutdown()).isFalse();
    assertThat(dispatcher.isShutdown()).isFalse();
    assertThat(okHttp.interceptors()).isEmpty();
    assertThat(clock.pendingTimers()).isZero();
    SdkThreads.awaitNone();
  }

  @Test
  void aCallersExecutorThatWasShutDownDoesNotKeepTheClientFromClosing() {
    ReferenceServer server = server();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    AgentCraftClient client = client(server, options -> options.callbackExecutor(executor));
    connected(server, client);
    executor.shutdown();
    server.startSession("session_1", "Why?");
    Await.get(client.closeAsync());
    SdkThreads.awaitNone();
  }
}

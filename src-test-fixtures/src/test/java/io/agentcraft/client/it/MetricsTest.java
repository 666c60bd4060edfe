package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What a client reports to its metrics, each event where it happens. */
class MetricsTest extends IntegrationTest {

  private final RecordingMetrics metrics = new RecordingMetrics();

  @Test
  void framesByTypeWantedOrNotAndSound() {
    ReferenceServer server = server();
    AgentCraftClient client =
        connected(server, client(server, options -> options.metrics(metrics)));
    metrics.next("built");
    metrics.next("connected");
    metrics.next("received active_sessions");
    metrics.next("skipped active_sessions");

    Recorder<String> received = new Recorder<>();
    client.onAgentStatus(update -> received.add(update.agentName()));
    server.agentStatus("agent-1", "Writer", AgentStatus.PROCESSING, 10, "Reading");
    received.next();
    metrics.next("received agent_status");

    server.sendRaw("{\"type\":\"of tomorrow\"}");
    metrics.next("received unknown");
    metrics.next("skipped unknown");
    server.sendRaw("no JSON");
    metrics.next("malformed");
    server.sendBinary(new byte[3]);
    metrics.next("malformed");
    assertThat(client.malformedFrames()).isEqualTo(2);
    server.sendRaw("{\"type\":\"ping\"}");
    metrics.next("received ping");
    metrics.next("sent");
    client.close();
    metrics.next("closed");
    assertThat(metrics.events.rest()).isEmpty();
  }

  @Test
  void requestsAndHowTheyEnd() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    server.startSession("session_1", "Why?", "Writer");
    AgentCraftClient client =
        connected(server, client(server, options -> options.metrics(metrics)));
    Await.get(client.getSessionState("session_1"));
    metrics.next("request get_session_state ANSWERED PT0S");
    Await.failure(client.getSessionState("session_2"), SessionNotFoundException.class);
    metrics.next("request get_session_state NOT_FOUND PT0S");

    server.faults().answers().dropNext(1);
    var unanswered = client.getSessionLogs("session_1");
    server.awaitFrame("get_session_logs");
    clock.advance(seconds(10));
    Await.failure(unanswered, RequestTimeoutException.class);
    metrics.next("request get_session_logs TIMED_OUT PT10S");

    server.faults().answers().dropNext(1);
    var given = client.getSessionLogs("session_1");
    given.cancel(true);
    metrics.next("request get_session_logs FAILED PT0S");
  }

  @Test
  void updatesAndHowTheyEnd() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server, options -> options.metrics(metrics).publishTransport(PublishTransport.WEBSOCKET));
    AgentPublisher agent = client.agent("agent-1", "Writer");
    var first = agent.processing(1, "one").toCompletableFuture();
    var last = agent.completed("done").toCompletableFuture();
    Await.get(last);
    Await.get(first);
    metrics.next("update SUPERSEDED");
    metrics.next("update DELIVERED");
    metrics.next("delivered WEBSOCKET");
  }

  @Test
  void anUpdateThatAnotherServerTookIsNotCountedAsDelivered() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    ReferenceServer another = server(WireForm.DEPLOYED);
    AgentCraftClient client = connected(
        server,
        client(
            server,
            options -> options
                .metrics(metrics)
                .publishTransport(PublishTransport.HTTP)
                .httpBaseUrl(another.httpUrl())));
    var receipt = client.agent("agent-1", "Writer").completed("done");
    Await.until(
        "the wait for the update on the socket", () -> clock.pendingDelays().contains(seconds(2)));
    clock.advance(seconds(2));
    assertThat(Await.get(receipt).isDelivered()).isFalse();
    metrics.next("update ACCEPTED");
    client.close();
    metrics.next("closed");
    assertThat(metrics.events.taken()).noneMatch(event -> event.startsWith("delivered"));
  }

  @Test
  void whatWaitsForTheServersLimit() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(
        server,
        client(
            server,
            options -> options.metrics(metrics).framesPerMinute(1).idleTimeout(Duration.ZERO)));
    Await.get(client.send(new StopLogStreaming()));
    var second = client.send(new StopLogStreaming());
    metrics.next("paced PT1M5S");
    clock.advance(seconds(65));
    Await.get(second);
  }

  @Test
  void connectionsLostAndGivenUp() {
    ReferenceServer server = server();
    AgentCraftClient client =
        connected(server, client(server, options -> options.metrics(metrics)));
    Recorder<ConnectionState> states = states(client);
    server.faults().closeConnections(1012, "");
    metrics.next("reconnecting ClosedByServer 1");
    waiting(states);
    server.faults().refuseNextHandshakes(1, 400);
    clock.advance(seconds(2));
    status(states, ConnectionStatus.FAILED);
    metrics.next("gave up HandshakeRefused");
  }

  @Test
  void listenersThatThrowAndMessagesThatAreDropped() {
    ReferenceServer server = server();
    BlockingListener blocking = closed(new BlockingListener());
    AgentCraftClient client = client(
        server, options -> options.metrics(metrics).callbackQueue(1, OverflowStrategy.DROP_OLDEST));
    client.onError(error -> {});
    client.onAgentCollaboration(message -> {
      blocking.block();
      throw new IllegalStateException("a bug of the listener's");
    });
    connected(server, client);
    server.collaboration("Writer", "Reader", "one");
    blocking.awaitBlocked();
    for (int i = 0; i < 3; i++) {
      server.collaboration("Writer", "Reader", "more");
    }
    metrics.next("dropped");
    metrics.next("dropped");
    assertThat(metrics.queued.getAsInt()).isEqualTo(1);
    blocking.release();
    metrics.next("listener failed");
    metrics.next("listener failed");
  }

  @Test
  void metricsThatThrowDisturbNothing() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?", "Writer");
    ClientMetrics broken = (ClientMetrics) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {ClientMetrics.class},
        (proxy, method, args) -> {
          throw new AssertionError("broken metrics");
        });
    AgentCraftClient client = client(server, options -> options.metrics(broken));
    client.onError(error -> {});
    Recorder<String> received = new Recorder<>();
    client.onAgentStatus(update -> {
      received.add(update.agentName());
      throw new IllegalStateException("a bug of the listener's");
    });
    connected(server, client);
    Await.get(client.getSessionState("session_1"));
    assertThat(Await.get(client.agent("agent-1", "Writer").completed("done").toCompletableFuture())
            .isDelivered())
        .isTrue();
    assertThat(received.next()).isEqualTo("Writer");
    client.close();
  }

  /** Records the events in words. */
  private static final class RecordingMetrics implements ClientMetrics {

    private final Recorder<String> events = new Recorder<>();
    private volatile IntSupplier queued = () -> -1;

    /** Waits for an event, passing over others. */
    void next(String event) {
      assertThat(events.next(event::equals)).isEqualTo(event);
    }

    @Override
    public void clientBuilt(IntSupplier queuedCallbacks) {
      queued = queuedCallbacks;
      events.add("built");
    }

    @Override
    public void clientClosed(IntSupplier queuedCallbacks) {
      assertThat(queuedCallbacks).isSameAs(queued);
      events.add("closed");
    }

    @Override
    public void frameReceived(String type) {
      events.add("received " + type);
    }

    @Override
    public void frameSkipped(String type) {
      events.add("skipped " + type);
    }

    @Override
    public void frameMalformed() {
      events.add("malformed");
    }

    @Override
    public void frameSent() {
      events.add("sent");
    }

    @Override
    public void sendingPaced(Duration wait) {
      events.add("paced " + wait);
    }

    @Override
    public void messageDropped() {
      events.add("dropped");
    }

    @Override
    public void listenerFailed() {
      events.add("listener failed");
    }

    @Override
    public void connected() {
      events.add("connected");
    }

    @Override
    public void reconnecting(DisconnectCause cause, int attempt) {
      events.add("reconnecting " + cause.getClass().getSimpleName() + " " + attempt);
    }

    @Override
    public void gaveUp(DisconnectCause cause) {
      events.add("gave up " + cause.getClass().getSimpleName());
    }

    @Override
    public void requestEnded(String type, RequestOutcome outcome, Duration latency) {
      events.add("request " + type + " " + outcome + " " + latency);
    }

    @Override
    public void updateEnded(UpdateOutcome outcome) {
      events.add("update " + outcome);
    }

    @Override
    public void updateDelivered(PublishTransport path, Duration latency) {
      events.add("delivered " + path);
    }
  }
}

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
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What a client tells its metrics, each event where it happens. */
class MetricsTest extends IntegrationTest {

  private final Recorder told = new Recorder();

  @Test
  void framesByTypeWantedOrNotAndSound() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server, options -> options.metrics(told)));
    told.next("built");
    told.next("connected");
    told.next("received active_sessions");
    told.next("skipped active_sessions");

    Heard<String> heard = new Heard<>();
    client.onAgentStatus(update -> heard.add(update.agentName()));
    server.agentStatus("agent-1", "Writer", AgentStatus.PROCESSING, 10, "Reading");
    heard.next();
    told.next("received agent_status");

    server.sendRaw("{\"type\":\"of tomorrow\"}");
    told.next("received unknown");
    told.next("skipped unknown");
    server.sendRaw("no JSON");
    told.next("malformed");
    server.sendBinary(new byte[3]);
    told.next("malformed");
    assertThat(client.malformedFrames()).isEqualTo(2);
    server.sendRaw("{\"type\":\"ping\"}");
    told.next("received ping");
    told.next("sent");
    client.close();
    told.next("closed");
    assertThat(told.events.rest()).isEmpty();
  }

  @Test
  void requestsAndHowTheyEnd() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    server.startSession("session_1", "Why?", "Writer");
    AgentCraftClient client = connected(server, client(server, options -> options.metrics(told)));
    Await.get(client.getSessionState("session_1"));
    told.next("request get_session_state ANSWERED PT0S");
    Await.failure(client.getSessionState("session_2"), SessionNotFoundException.class);
    told.next("request get_session_state NOT_FOUND PT0S");

    server.faults().answers().dropNext(1);
    var unanswered = client.getSessionLogs("session_1");
    server.awaitFrame("get_session_logs");
    clock.advance(seconds(10));
    Await.failure(unanswered, RequestTimeoutException.class);
    told.next("request get_session_logs TIMED_OUT PT10S");

    server.faults().answers().dropNext(1);
    var given = client.getSessionLogs("session_1");
    given.cancel(true);
    told.next("request get_session_logs FAILED PT0S");
  }

  @Test
  void updatesAndHowTheyEnd() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server, options -> options.metrics(told).publishTransport(PublishTransport.WEBSOCKET));
    AgentPublisher agent = client.agent("agent-1", "Writer");
    var first = agent.processing(1, "one").toCompletableFuture();
    var last = agent.completed("done").toCompletableFuture();
    Await.get(last);
    Await.get(first);
    told.next("update SUPERSEDED");
    told.next("update DELIVERED");
    told.next("delivered WEBSOCKET");
  }

  @Test
  void whatWaitsForTheServersLimit() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(
        server,
        client(
            server,
            options -> options.metrics(told).framesPerMinute(1).idleTimeout(Duration.ZERO)));
    Await.get(client.send(new StopLogStreaming()));
    var second = client.send(new StopLogStreaming());
    told.next("paced PT1M5S");
    clock.advance(seconds(65));
    Await.get(second);
  }

  @Test
  void connectionsLostAndGivenUp() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server, options -> options.metrics(told)));
    Heard<ConnectionState> states = states(client);
    server.faults().closeConnections(1012, "");
    told.next("reconnecting ClosedByServer 1");
    waiting(states);
    server.faults().refuseNextHandshakes(1, 400);
    clock.advance(seconds(2));
    status(states, ConnectionStatus.FAILED);
    told.next("gave up HandshakeRefused");
  }

  @Test
  void listenersThatThrowAndMessagesThatAreDropped() {
    ReferenceServer server = server();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AgentCraftClient client = client(
        server, options -> options.metrics(told).callbackQueue(1, OverflowStrategy.DROP_OLDEST));
    client.onError(error -> {});
    client.onAgentCollaboration(message -> {
      entered.countDown();
      Await.latch(released);
      throw new IllegalStateException("a bug of the listener's");
    });
    connected(server, client);
    server.collaboration("Writer", "Reader", "one");
    Await.latch(entered);
    for (int i = 0; i < 3; i++) {
      server.collaboration("Writer", "Reader", "more");
    }
    told.next("dropped");
    told.next("dropped");
    assertThat(told.queued.getAsInt()).isEqualTo(1);
    released.countDown();
    told.next("listener failed");
    told.next("listener failed");
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
    Heard<String> heard = new Heard<>();
    client.onAgentStatus(update -> {
      heard.add(update.agentName());
      throw new IllegalStateException("a bug of the listener's");
    });
    connected(server, client);
    Await.get(client.getSessionState("session_1"));
    assertThat(Await.get(client.agent("agent-1", "Writer").completed("done").toCompletableFuture())
            .isDelivered())
        .isTrue();
    assertThat(heard.next()).isEqualTo("Writer");
    client.close();
  }

  /** Writes down what it is told. */
  private static final class Recorder implements ClientMetrics {

    private final Heard<String> events = new Heard<>();
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

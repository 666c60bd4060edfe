package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest extends IntegrationTest {

  private final SdkLogs logs = new SdkLogs();

  @AfterEach
  void stopListening() {
    logs.close();
  }

  private List<String> lines(Level level) {
    return logs.lines(level);
  }

  @Test
  void oneInfoLineForEachChange() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    String firstId = client.connectionState().clientId();
    reconnect(server, states);
    client.close();

    String url = server.url("/ws/agent-tracking");
    List<String> info = lines(Level.INFO);
    assertThat(info).hasSize(5);
    assertThat(info.get(0)).isEqualTo("Connecting to " + url);
    assertThat(info.get(1)).isEqualTo("Connected to " + url + " as " + firstId);
    assertThat(info.get(2)).startsWith("Not connected to " + url).endsWith("Attempt 1 in 2000 ms");
    assertThat(info.get(3)).startsWith("Connected to " + url).isNotEqualTo(info.get(1));
    assertThat(info.get(4)).isEqualTo("Closed the connection to " + url);
    assertThat(lines(Level.WARN)).isEmpty();
    assertThat(lines(Level.ERROR)).isEmpty();
  }

  @Test
  void retriesWithoutEndAreLoggedMoreAndMoreRarely() {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(100, 500);
    AgentCraftClient client = client(
        server,
        options -> options.reconnectPolicy(
            ExponentialBackoff.defaults().withMaxAttempts(ExponentialBackoff.UNLIMITED)));
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    for (int i = 0; i < 40; i++) {
      clock.advance(waiting(states).nextDelay());
    }
    waiting(states);
    // The first attempt's line, five retries, and every tenth from then on.
    assertThat(lines(Level.INFO)).hasSize(1 + 5 + 4);
  }

  @Test
  void theTransportOfUpdatesIsLoggedOnce() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client = client(server);
    connected(server, client);
    var first = client.agent("a", "Agent").processing(1, "first").toCompletableFuture();
    assertThat(Await.get(first).isDelivered()).isTrue();
    for (int i = 0; i < 3; i++) {
      var more = client.agent("a", "Agent").completed("more " + i).toCompletableFuture();
      assertThat(Await.get(more).isDelivered()).isTrue();
    }
    assertThat(lines(Level.DEBUG))
        .filteredOn(line -> line.contains("over HTTP"))
        .hasSize(1);
    assertThat(lines(Level.WARN)).isEmpty();
  }

  @Test
  void framesAreLoggedAtTraceAndCut() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<Object> unknown = new Recorder<>();
    client.onUnknownMessage(unknown::add);
    connected(server, client);
    server.sendRaw("{\"type\":\"new\",\"text\":\"" + "x".repeat(100_000) + "\"}");
    unknown.next();
    client.close();
    assertThat(lines(Level.TRACE))
        .anySatisfy(line -> assertThat(line).startsWith("in: {\"type\":\"new\"").endsWith("…"))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(600));
  }

  /** What a server can put into a log, it can put there on one line only, and without control of a terminal. */
  @Test
  void textFromTheNetworkIsEscaped() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Recorder<Object> unknown = new Recorder<>();
    client.onUnknownMessage(message -> {
      unknown.add(message);
      throw new IllegalStateException(message.type());
    });
    connected(server, client);
    server.sendRaw("junk \u001b[2J\nFAKE 2026 ERROR all is lost");
    server.sendRaw("{\"type\":\"\\u001b[2J\\nFAKE\u202e\"}");
    unknown.next();
    server.faults().closeConnections(4000, "\u001b[2J\nFAKE\u2028\u202e");
    waiting(states);
    Await.get(client.closeAsync());

    assertThat(lines(Level.WARN)).hasSize(2);
    assertThat(logs.everything())
        .filteredOn(line -> line.contains("\\u001B[2J\\u000AFAKE"))
        .as("junk, twice, a listener that threw, and a closed connection")
        .hasSize(4);
    assertThat(logs.everything())
        .allSatisfy(
            line -> assertThat(line).doesNotContain("\nFAKE", "\u001b", "\u2028", "\u202e"));
  }

  @Test
  void retriesOfAnotherCauseAreLogged() {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(7, 500);
    AgentCraftClient client = client(
        server,
        options -> options.reconnectPolicy(
            ExponentialBackoff.defaults().withMaxAttempts(ExponentialBackoff.UNLIMITED)));
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    for (int i = 0; i < 6; i++) {
      clock.advance(waiting(states).nextDelay());
    }
    ConnectionState seventh = waiting(states);
    assertThat(lines(Level.INFO)).as("the first attempt, and five more").hasSize(6);
    server.faults().refuseNextHandshakes(2, 503);
    for (int i = 0; i < 2; i++) {
      clock.advance(seventh.nextDelay());
      seventh = waiting(states);
    }

    assertThat(lines(Level.INFO)).hasSize(7).last().asString().contains("HTTP 503");
  }

  @Test
  void anErrorThatNobodyListensForIsAWarning() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<Object> unknown = new Recorder<>();
    client.onUnknownMessage(unknown::add);
    connected(server, client);
    server.sendRaw("y".repeat(100_000));
    server.sendRaw("{\"type\":\"new\"}");
    unknown.next();
    assertThat(lines(Level.WARN))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("onError").hasSizeLessThan(2_000));
  }
}

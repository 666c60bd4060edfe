package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest extends IntegrationTest {

  @ParameterizedTest
  @CsvSource({
    "400, Check the URL",
    "401, the token is missing",
    "403, the client id or the credentials may be wrong",
    "404, Give the URL with the path",
    "405, Check the URL",
    "410, Check the URL",
    "426, Check the URL",
    "418, Check the URL",
    "407, a proxy on the way to the server",
    "302, redirects are not followed",
    "304, redirects are not followed"
  })
  void givesUpAtOnce(int status, String advice) {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(1, status);
    AgentCraftClient client = client(server.url("/ws/agent-tracking"), options -> options);

    ConnectionFailedException failed =
        Await.failure(client.connect(), ConnectionFailedException.class);

    assertThat(failed)
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining(advice)
        .hasMessageContaining(server.url("/ws/agent-tracking"));
    assertThat(failed.disconnectCause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(status));
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.FAILED);
    assertThat(client.connectionState().cause()).isEqualTo(failed.disconnectCause());
    assertThat(clock.pendingTimers()).isZero();
    // The caller may connect again.
    assertThat(Await.get(client.connect()).isConnected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void triesAgain(int status) {
    ReferenceServer server = server();
    // OkHttp itself repeats a request once that was answered with 408.
    int times = status == 408 ? 2 : 1;
    server.faults().refuseNextHandshakes(times, status);
    AgentCraftClient client = client(server.url("/ws/agent-tracking"), options -> options);
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();

    ConnectionState waiting = waiting(states);

    assertThat(waiting.attempt()).isEqualTo(1);
    assertThat(waiting.nextDelay()).isEqualTo(seconds(2));
    assertThat(waiting.cause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(status));
    clock.advance(seconds(2));
    assertThat(Await.get(connecting).attempt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"429, 7, 7", "503, 120, 120", "503, 1, 2", "429, 86400, 300", "500, 60, 2"})
  void retryAfterLengthensTheWait(int status, String header, long wait) {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(1, status, "Retry-After", header);
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();

    assertThat(waiting(states).nextDelay()).isEqualTo(seconds(wait));
    clock.advance(seconds(wait).minus(Duration.ofMillis(1)));
    assertThat(server.connections()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    Await.get(connecting);
  }

  /** The target is named without what may be secret, and without the client id, which each connection adds. */
  @ParameterizedTest
  @CsvSource({
    "301, https://elsewhere.example/ws/agent-tracking/ID?key=hunter2, https://elsewhere.example/ws/agent-tracking",
    "302, https://me:hunter2@elsewhere.example/team/ID#hunter2, https://elsewhere.example/team",
    "303, wss://elsewhere.example/team/ID, https://elsewhere.example/team",
    "307, /team/ws/agent-tracking/ID, HERE/team/ws/agent-tracking",
    "308, //elsewhere.example:8443/ws, http://elsewhere.example:8443/ws",
    "302, https://elsewhere.example, https://elsewhere.example"
  })
  void aRedirectIsFinalAndNamesItsTarget(int status, String location, String target) {
    ReferenceServer server = server();
    server
        .faults()
        .refuseNextHandshakes(
            1, status, "Location", location.replace("ID", "client_1700000000000_abc123def"));
    AgentCraftClient client = client(server.url("/ws/agent-tracking"), options -> options);

    ConnectionFailedException failed =
        Await.failure(client.connect(), ConnectionFailedException.class);

    assertThat(failed)
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining("Give the URL that it redirects to: "
            + target.replace("HERE", server.httpUrl()) + ". ");
    assertThat(failed.getMessage()).doesNotContain("hunter2", "..");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://elsewhere.example/", "http://[", "javascript:alert(1)"})
  void aRedirectToNowhereIsFinalToo(String location) {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(1, 302, "Location", location);
    ConnectionFailedException failed =
        Await.failure(client(server).connect(), ConnectionFailedException.class);
    assertThat(failed).hasMessageContaining("Give the URL that it redirects to.");
  }

  @Test
  void doesNotFollowRedirects() {
    ReferenceServer elsewhere = server();
    ReferenceServer server = server();
    server
        .faults()
        .refuseNextHandshakes(1, 307, "Location", elsewhere.httpUrl() + "/ws/agent-tracking/x");
    AgentCraftClient client = client(server, options -> options.token("secret"));
    ConnectionFailedException failed =
        Await.failure(client.connect(), ConnectionFailedException.class);
    assertThat(failed).hasMessageContaining("redirects are not followed");
    assertThat(elsewhere.connections()).isEmpty();
  }

  @Test
  void triesAgainWhenNobodyListens() {
    ReferenceServer server = server();
    server.close();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    assertThat(waiting(states).cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
  }
}

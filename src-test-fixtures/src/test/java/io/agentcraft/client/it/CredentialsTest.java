package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialsTest extends IntegrationTest {

  private final AtomicInteger asked = new AtomicInteger();

  /** A client whose provider returns {@code token-1}, {@code token-2} and so on. */
  private AgentCraftClient clientWithTokens(ReferenceServer server) {
    return client(
        server,
        options -> options.tokenProvider(
            () -> CompletableFuture.completedFuture("token-" + asked.incrementAndGet())));
  }

  @Test
  void sendsAFixedToken() {
    ReferenceServer server = server(options -> options.requireToken("open-sesame"));
    Await.get(client(server, options -> options.token("open-sesame")).connect());
    assertThat(server.awaitConnection().header("Authorization")).contains("Bearer open-sesame");
  }

  @Test
  void givesUpAtOnceOnAFixedTokenThatIsRefused() {
    ReferenceServer server = server(options -> options.requireToken("open-sesame"));
    ConnectionFailedException failed = Await.failure(
        client(server, options -> options.token("guess")).connect(),
        ConnectionFailedException.class);
    assertThat(failed)
        .hasMessageContaining("401")
        .hasMessageContaining("tokenProvider")
        .hasMessageNotContaining("guess");
  }

  @Test
  void asksTheProviderOnceMoreAfterA401() {
    ReferenceServer server = server(options -> options.requireToken("token-2"));
    AgentCraftClient client = clientWithTokens(server);
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    assertThat(waiting(states).cause()).isInstanceOf(DisconnectCause.HandshakeRefused.class);
    clock.advance(seconds(2));
    Await.get(connecting);
    assertThat(asked).hasValue(2);
  }

  @Test
  void givesUpWhenTheRenewedTokenIsRefusedToo() {
    ReferenceServer server = server(options -> options.requireToken("open-sesame"));
    AgentCraftClient client = clientWithTokens(server);
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    waiting(states);
    clock.advance(seconds(2));
    Await.failure(connecting, ConnectionFailedException.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksTheProviderAgainForEveryConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = clientWithTokens(server);
    Recorder<ConnectionState> states = states(client);
    Await.get(client.connect());
    assertThat(server.awaitConnection().header("Authorization")).contains("Bearer token-1");
    reconnect(server, states);
    assertThat(server.awaitConnection().header("Authorization")).contains("Bearer token-2");
  }

  @Test
  void retriesWhenTheProviderFails() {
    ReferenceServer server = server();
    AgentCraftClient client = client(
        server,
        options -> options.tokenProvider(() -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("the vault is shut");
          }
          return CompletableFuture.completedFuture("token");
        }));
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    assertThat(waiting(states).cause()).isInstanceOf(DisconnectCause.TokenUnavailable.class);
    clock.advance(seconds(2));
    Await.get(connecting);
  }

  @Test
  void saysSoWhenTheProviderIsWhatTheHandshakeWaitsFor() {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.tokenProvider(CompletableFuture::new));
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    status(states, ConnectionStatus.CONNECTING);
    clock.advance(seconds(15));
    assertThat(waiting(states).cause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeTimedOut.class,
            timedOut -> assertThat(timedOut.description()).contains("token provider"));
  }
}

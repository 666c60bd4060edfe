package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.metrics.micrometer.MicrometerMetrics;
import io.agentcraft.testing.ReferenceServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of agentcraft-client/docs/connection-and-errors.md against the reference server. */
class ConnectionGuideTest {

  @Test
  void reportsWhyAConnectionEnded() throws Exception {
    try (CapturedOutput out = new CapturedOutput();
        ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      watch(client);
      client.connect().get(10, TimeUnit.SECONDS);
      out.awaitLine("CONNECTED");
      server.awaitConnection().close(1012, "restart");
      out.awaitLine("RECONNECTING: the server closed the connection with code 1012 (restart)");
    }
  }

  @Test
  void reconnectsForeverWithJitter() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = patient(server.url())) {
      CompletableFuture<Duration> delay = new CompletableFuture<>();
      client.onConnectionState(state -> {
        if (state.nextDelay() != null) {
          delay.complete(state.nextDelay());
        }
      });
      client.connect().get(10, TimeUnit.SECONDS);
      server.awaitConnection().cut();
      assertThat(delay.get(10, TimeUnit.SECONDS))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }

  @Test
  void readsTheTokenForEachHandshake(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "example-token\n");
    try (ReferenceServer server =
            ReferenceServer.builder().requireToken("example-token").start();
        AgentCraftClient client = withToken(server.url(), file)) {
      assertThat(client.connect().get(10, TimeUnit.SECONDS).status())
          .isEqualTo(ConnectionStatus.CONNECTED);
    }
  }

  @Test
  void usesTheCallersOkHttpClient() throws Exception {
    OkHttpClient http = new OkHttpClient();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = sharing(server.url(), http)) {
      client.connect().get(10, TimeUnit.SECONDS);
      assertThat(http.dispatcher().runningCallsCount()).isEqualTo(1);
      assertThat(http.dispatcher().getMaxRequests()).isEqualTo(256);
    } finally {
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void countsWithMicrometer() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = counted(server.url(), registry)) {
      client.connect().get(10, TimeUnit.SECONDS);
      assertThat(registry
              .get("agentcraft.connections")
              .tag("server", "staging")
              .counter()
              .count())
          .isEqualTo(1);
    }
  }

  private static void watch(AgentCraftClient client) {
    client.onConnectionState(state -> {
      String why = state.cause() == null ? "" : ": " + state.cause().description();
      System.out.println(state.status() + why);
    });
  }

  private static AgentCraftClient patient(String url) {
    return AgentCraftClient.builder(url)
        .reconnectPolicy(ExponentialBackoff.defaults()
            .withDelays(Duration.ofMillis(500), Duration.ofMinutes(1))
            .withMaxAttempts(ExponentialBackoff.UNLIMITED)
            .withJitter(0.5))
        .build();
  }

  private static AgentCraftClient withToken(String url, Path file) {
    TokenProvider tokens = () -> CompletableFuture.supplyAsync(() -> readToken(file));
    return AgentCraftClient.builder(url).tokenProvider(tokens).build();
  }

  private static AgentCraftClient sharing(String url, OkHttpClient http) {
    http.dispatcher().setMaxRequests(256); // each open WebSocket counts as one request
    return AgentCraftClient.builder(url).okHttpClient(http).build();
  }

  private static AgentCraftClient counted(String url, MeterRegistry registry) {
    return AgentCraftClient.builder(url)
        .metrics(MicrometerMetrics.of(registry, Tag.of("server", "staging")))
        .build();
  }

  private static String readToken(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

package io.agentcraft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.testing.ReferenceServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what they say, with a server in this process. */
class ExamplesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void batchesAndThrottles() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      BlockingQueue<String> out = new LinkedBlockingQueue<>();
      BatchAndThrottle.listen(client, out::add);
      connect(server, client);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
      assertThat(List.of(next(out), next(out)))
          .anyMatch("Java Indexer: Indexing"::equals)
          .anyMatch(line -> line.endsWith(" messages"));
    }
  }

  @Test
  void publishesUpToTheLastWord() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      assertThat(Publish.publish(client).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isInstanceOf(PublishReceipt.Delivered.class);
      assertThat(server.receivedFrames())
          .anyMatch(frame -> frame.text().contains("All files are read"));
    }
  }

  @Test
  void sharesOneOkHttpClient() {
    OkHttpClient http = new OkHttpClient();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = SharedOkHttp.client(server.url(), http)) {
      new SharedOkHttp.FinishedAgents(client).start();
      assertThat(http.dispatcher().runningCallsCount()).isEqualTo(1);
    }
    http.dispatcher().executorService().shutdown();
  }

  @Test
  void trustsAPrivateAuthorityAndSendsTheTokenOfTheFile(@TempDir Path folder) throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate certificate = new HeldCertificate.Builder()
        .addSubjectAlternativeName("127.0.0.1")
        .addSubjectAlternativeName("localhost")
        .signedBy(authority)
        .build();
    Path pem = Files.writeString(folder.resolve("authority.pem"), authority.certificatePem());
    Path token = Files.writeString(folder.resolve("token"), "example-token\n");
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    OkHttpClient http = TlsAndToken.trusting(pem);
    try (ReferenceServer server = ReferenceServer.builder()
            .tls(tls.sslSocketFactory(), false)
            .requireToken("example-token")
            .start();
        AgentCraftClient client = TlsAndToken.client(server.url(), http, token)) {
      assertThat(client.connect().get(10, TimeUnit.SECONDS).isConnected()).isTrue();
    } finally {
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void streamsIntoReactor() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      var lines = ReactorStream.finished(client).take(2).collectList().toFuture();
      connect(server, client);
      server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 42, "Reading");
      server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read");
      server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read again");
      server.agentStatus("agent-2", "Writer", AgentStatus.ERROR, 10, "Out of ink");
      assertThat(lines.get(10, TimeUnit.SECONDS))
          .containsExactly("Reader: Read", "Writer: Out of ink");
    }
  }

  @Test
  void showsItsNumbersAsPrometheusText() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = PrometheusMetrics.client(server.url(), registry)) {
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      client.onAgentStatus(update -> heard.add(update.agentName()));
      connect(server, client);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
      next(heard);
      assertThat(registry.scrape())
          .contains(
              "agentcraft_frames_received_total{server=\"staging\",type=\"agent_status\"} 1.0",
              "agentcraft_connections_total{server=\"staging\"} 1.0");
    }
  }

  private static void connect(ReferenceServer server, AgentCraftClient client) throws Exception {
    client.connect().get(10, TimeUnit.SECONDS);
    server.awaitConnections(1);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}

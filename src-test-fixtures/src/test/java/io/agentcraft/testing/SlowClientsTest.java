package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.it.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep a thread of the server waiting. */
@Timeout(60)
class SlowClientsTest {

  private static final Duration LIMIT = Duration.ofMillis(400);
  private static final int MOST = 10;
  private static final String HEAD = "POST /api/ws/broadcast HTTP/1.1\r\nHost: localhost\r\n";
  private static final String STATS = "GET /api/ws/stats HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GET / HT", HEAD, HEAD + "Content-Length: 9\r\n\r\n{", STATS, STATS + "GET"})
  void areCutOff(String part) throws Exception {
    try (ReferenceServer server = impatient(options -> options);
        RawClient patient = RawClient.connect(server);
        WireClient slow = WireClient.connect(server.url())) {
      slow.write(part);
      slow.readToEnd();
      // Nobody waits for a client that has a WebSocket.
      server.sendRaw("still there");
      assertThat(patient.take()).isEqualTo("still there");
    }
  }

  @Test
  void areCutOffEvenIfTheySendSomethingNowAndThen() throws Exception {
    try (ReferenceServer server = impatient(options -> options);
        WireClient slow = WireClient.connect(server.url())) {
      slow.write("GET /");
      Await.until("the end of a slow request", () -> !tryWrite(slow, "x"));
    }
  }

  @Test
  void areCutOffBeforeTls() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    SSLSocketFactory sockets =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslSocketFactory();
    try (ReferenceServer server = impatient(options -> options.tls(sockets, false));
        WireClient silent = WireClient.connect(server.url())) {
      silent.readToEnd();
    }
  }

  @Test
  void areCutOffWhenTheyDoNotAnswerACloseFrame() throws Exception {
    try (ReferenceServer server = impatient(options -> options);
        WireClient slow = WireClient.open(server.url(), "/ws/agent-tracking/client_1_a")) {
      slow.frame(WireClient.TEXT, new byte[] {(byte) 0xff});
      assertThat(slow.readClose()).isEqualTo(1007);
      Await.until("the end of the connection", () -> !tryWrite(slow, "x"));
    }
  }

  @Test
  void areCutOffWhenTheyDoNotReadTheirAnswers() throws Exception {
    try (ReferenceServer server = impatient(options -> options);
        WireClient slow = WireClient.connect(server.url())) {
      Await.until("the end of the connection", () -> !tryWrite(slow, STATS.repeat(1_000)));
    }
  }

  @Test
  void areNotMoreThanTheServerHasThreadsForThem() throws Exception {
    List<WireClient> halfOpen = new ArrayList<>();
    try (ReferenceServer server =
        ReferenceServer.builder().waiting(MOST, Duration.ofSeconds(4)).start()) {
      for (int i = 0; i < 5 * MOST; i++) {
        WireClient client = WireClient.connect(server.url());
        halfOpen.add(client);
        client.write("GET / HT");
      }
      // The last of them is accepted only when the others are gone.
      try (RawClient client = RawClient.connect(server)) {
        assertThat(threads()).isLessThanOrEqualTo(MOST + 1);
        server.sendRaw("here");
        assertThat(client.take()).isEqualTo("here");
      }
    } finally {
      for (WireClient client : halfOpen) {
        client.close();
      }
    }
  }

  private static ReferenceServer impatient(UnaryOperator<ReferenceServerBuilder> options) {
    return options.apply(ReferenceServer.builder().waiting(1_000, LIMIT)).start();
  }

  private static boolean tryWrite(WireClient client, String text) {
    try {
      client.write(text);
      return true;
    } catch (IOException ended) {
      return false;
    }
  }

  /** Each connection has one, which is called after the client. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("MockWebServer /"))
        .count();
  }
}

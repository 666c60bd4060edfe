package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server must not do that runs for weeks and is reachable by anyone. */
@Timeout(60)
class LongRunTest {

  @Test
  void theWebServerKeepsNoRequests() throws Exception {
    ServerComponents server = new ServerComponents(ReferenceServer.builder());
    OkHttpClient http = new OkHttpClient();
    try {
      for (int i = 0; i < 20; i++) {
        Request request = new Request.Builder()
            .url("http://127.0.0.1:" + server.web.getPort() + "/api/ws/stats")
            .build();
        try (Response response = http.newCall(request).execute()) {
          assertThat(response.code()).isEqualTo(200);
        }
      }
      assertThat(server.web.getRequestCount()).isEqualTo(20);
      assertThat(server.web.takeRequest(0, TimeUnit.SECONDS)).isNull();
    } finally {
      http.connectionPool().evictAll();
      server.close();
    }
  }

  @Test
  void theOldestClosedConnectionsAreForgotten() {
    ManualScheduler scheduler = new ManualScheduler();
    Journal journal = new Journal(scheduler::now);
    ClientConnection open = connection("client_0_a");
    journal.opened(open);
    for (int i = 1; i <= Journal.MAX_ENDS + 5; i++) {
      ClientConnection passing = connection("client_" + i + "_a");
      journal.opened(passing);
      journal.take(List.of(passing));
      journal.closed(passing);
    }
    assertThat(journal.ends()).hasSize(Journal.MAX_ENDS);
    assertThat(journal.all())
        .hasSize(Journal.MAX_ENDS + 1)
        .extracting(ClientConnection::clientId)
        .startsWith("client_0_a", "client_6_a");
  }

  @Test
  void framesAreKeptUpToABoundOfText() {
    ManualScheduler scheduler = new ManualScheduler();
    Journal journal = new Journal(scheduler::now);
    ClientConnection connection = connection("client_0_a");
    journal.opened(connection);
    String megabyte = "x".repeat(1_000_000);
    for (int i = 0; i < 100; i++) {
      journal.received(connection, megabyte + i, null, false);
    }
    List<ReceivedFrame> kept = journal.frames();
    assertThat(kept.stream().mapToLong(frame -> frame.text().length()).sum())
        .isBetween(Journal.MAX_CHARS - 1_000_100, Journal.MAX_CHARS);
    assertThat(kept).last().extracting(ReceivedFrame::text).asString().endsWith("x99");

    journal.received(connection, "y".repeat(70_000_000), null, false);
    assertThat(journal.frames()).as("one that is larger than the bound").hasSize(1);
    journal.received(connection, "small", null, false);
    assertThat(journal.frames()).extracting(ReceivedFrame::text).containsExactly("small");
  }

  @Test
  void closedConnectionsAreKeptUpToABoundOfText() {
    ManualScheduler scheduler = new ManualScheduler();
    Journal journal = new Journal(scheduler::now);
    Headers headers = Headers.of("X-Large", "x".repeat(1_000_000));
    for (int i = 0; i < 100; i++) {
      ClientConnection passing = connection("client_" + i + "_a", headers);
      journal.opened(passing);
      journal.take(List.of(passing));
      journal.closed(passing);
    }
    assertThat(journal.ends()).hasSize(63);
    assertThat(journal.all()).hasSize(63);
  }

  @Test
  void aClientThatUsesTlsIsDisconnected() throws Exception {
    byte[] likeARequest =
        "\u0016\u0003\u0001 hello HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (ReferenceServer server = ReferenceServer.start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      client.getOutputStream().write(likeARequest);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** The journal uses only its id. */
  @SuppressWarnings("NullAway")
  private static ClientConnection connection(String clientId, Headers headers) {
    return new ClientConnection(clientId, "/", headers, null, null, null);
  }

  private static ClientConnection connection(String clientId) {
    return connection(clientId, Headers.of());
  }
}

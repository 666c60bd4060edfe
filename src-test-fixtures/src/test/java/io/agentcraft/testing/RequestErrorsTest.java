package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.it.Recorder;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are malformed, too large or unusual are answered, and neither crash nor fill the log of the web server. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // line ends matter
class RequestErrorsTest {

  private static final int MEGABYTE = 1024 * 1024;
  private static final String STATS = "GET /api/ws/stats HTTP/1.1\r\n";
  private static final String POST = "POST /api/ws/broadcast HTTP/1.1\r\n";
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String END = "\r\n";

  private final Logger web = Logger.getLogger("mockwebserver3.MockWebServer");
  private final Recorder<String> warnings = new Recorder<>();
  private final Handler handler = recording(warnings::add);
  private final ReferenceServer server = ReferenceServer.start();

  @BeforeEach
  void listen() {
    web.addHandler(handler);
  }

  @AfterEach
  void close() {
    server.close();
    web.removeHandler(handler);
    assertThat(warnings.rest()).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row(400, "no request line", "nonsense\r\n\r\n"),
        row(400, "no version", "GET /\r\n" + HOST + END),
        row(400, "another version", "GET / HTTP/2.0\r\n" + HOST + END),
        row(400, "an absolute URL", "GET http://evil.example/ HTTP/1.1\r\n" + HOST + END),
        row(400, "no path", "GET stats HTTP/1.1\r\n" + HOST + END),
        row(400, "a blank in the path", "GET /a b HTTP/1.1\r\n" + HOST + END),
        row(400, "a control character in the path", "GET /\u0001 HTTP/1.1\r\n" + HOST + END),
        row(400, "binary", "\u0001\u0002\u0003\r\n\r\n"),
        row(400, "no Host", STATS + END),
        row(400, "two Hosts", STATS + HOST + "Host: other\r\n" + END),
        row(400, "a Host that is none", STATS + "Host: local host\r\n" + END),
        row(400, "a Host with a user", STATS + "Host: me@localhost\r\n" + END),
        row(400, "a Host with a path", STATS + "Host: localhost/x\r\n" + END),
        row(400, "a Host with a large port", STATS + "Host: localhost:99999\r\n" + END),
        row(400, "a Host that is no address", STATS + "Host: [::1::]\r\n" + END),
        row(400, "a header without a colon", STATS + HOST + "header\r\n" + END),
        row(400, "a blank before a colon", STATS + HOST + "X : 1\r\n" + END),
        row(400, "a folded header", STATS + HOST + "X: 1\r\n 2\r\n" + END),
        row(400, "a length in words", POST + HOST + "Content-Length: two\r\n" + END + "{}"),
        row(400, "a negative length", POST + HOST + "Content-Length: -1\r\n" + END),
        row(400, "a signed length", POST + HOST + "Content-Length: +2\r\n" + END + "{}"),
        row(400, "an empty length", POST + HOST + "Content-Length:\r\n" + END),
        row(
            400,
            "a length of 20 digits",
            POST + HOST + "Content-Length: 10000000000000000000\r\n" + END),
        row(
            400,
            "two lengths",
            POST + HOST + "Content-Length: 2\r\nContent-Length: 3\r\n" + END + "{}"),
        row(
            400,
            "a length and chunks",
            POST + HOST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + END),
        row(501, "another encoding", POST + HOST + "Transfer-Encoding: gzip\r\n" + END),
        row(400, "a chunk of no size", chunked("x\r\n")),
        row(400, "a chunk of negative size", chunked("-1\r\n")),
        row(400, "a chunk that is too long", chunked("2\r\n{}}\r\n")),
        row(413, "a chunk of a gigabyte", chunked("40000000\r\n")),
        row(
            413,
            "chunks of more than a megabyte",
            chunked("100000\r\n" + "x".repeat(MEGABYTE) + "\r\n1\r\n")),
        row(
            413,
            "a body of more than a megabyte",
            POST + HOST + "Content-Length: 1048577\r\n" + END),
        row(
            413,
            "a body of a petabyte",
            STATS + HOST + "Content-Length: 1000000000000000\r\n" + END),
        row(
            431,
            "large headers",
            STATS + HOST + ("X: " + "x".repeat(1_000) + "\r\n").repeat(70) + END),
        row(431, "a line without end", "GET /" + "x".repeat(70_000)),
        row(431, "many empty lines", "\r\n".repeat(35_000)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  void areRefused(int status, String what, String request) throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      client.write(request);
      assertThat(client.answer())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nConnection: close\r\n", "{\"detail\":\"");
      client.shutdownOutput();
      client.readToEnd();
    }
  }

  @Test
  void aLargeBodyIsAnsweredEvenIfTheClientSendsAllOfItFirst() throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      client.write(POST + HOST + JSON + "Content-Length: " + 60 * MEGABYTE + "\r\n" + END);
      for (int i = 0; i < 60; i++) {
        client.write(new byte[MEGABYTE]);
      }
      assertThat(client.answer()).startsWith("HTTP/1.1 413 ").contains("1048576 bytes");
    }
  }

  @Test
  void aClientThatAsksFirstSendsNoLargeBody() throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      String head = POST + HOST + JSON + "Expect: 100-continue\r\nContent-Length: ";
      client.write(head + "2\r\n" + END);
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.write("{}");
      assertThat(client.answer()).contains("\"success\":true");
      client.write(head + "2000000\r\n" + END);
      assertThat(client.answer()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aBodyOfAMegabyteIsTaken() throws Exception {
    String body = "{\"type\":\"large\",\"text\":\"" + "x".repeat(MEGABYTE - 26) + "\"}";
    assertThat(body).hasSize(MEGABYTE);
    try (RawClient receiver = RawClient.connect(server);
        WireClient client = WireClient.connect(server.url())) {
      client.write(POST + HOST + JSON + "Content-Length: 1048576\r\n" + END + body);
      assertThat(client.answer()).contains("\"success\":true");
      assertThat(receiver.take()).isEqualTo(body);
    }
  }

  @Test
  void unusualRequestsAreAnsweredOnOneConnection() throws Exception {
    try (RawClient receiver = RawClient.connect(server);
        WireClient client = WireClient.connect(server.url())) {
      client.write(STATS + HOST + "Content-Length: 5\r\n" + END + "hello");
      assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
      client.write("\r\n" + STATS.replace("GET", "HEAD") + HOST + END);
      assertThat(client.head()).startsWith("HTTP/1.1 405 ");
      client.write("OPTIONS * HTTP/1.1\n" + "Host:localhost\n\n");
      assertThat(client.answer()).startsWith("HTTP/1.1 404 ");
      client.write("GET //%zz\u00e9?\\|# HTTP/1.1\r\n" + HOST + END);
      assertThat(client.answer()).startsWith("HTTP/1.1 404 ");
      client.write("POST /api/ws/broadcast HTTP/1.1\r\n" + HOST + JSON + END);
      assertThat(client.answer()).contains("\"success\":false");
      client.write(
          chunked("1;x=y\r\n{\r\n00001\r\n}\r\n0\r\nTrailer: x\r\n\r\n") + STATS + HOST + END);
      assertThat(client.answer()).contains("\"success\":true");
      assertThat(client.answer()).contains("\"active_connections\":1");
      assertThat(receiver.take()).isEqualTo("{}");
      client.write(STATS + HOST + "Connection: close\r\n" + END);
      assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
      client.readToEnd();
    }
  }

  @Test
  void aRequestThatIsCutOffIsForgotten() throws Exception {
    for (String part : new String[] {
      "", "GET", STATS, STATS + HOST, POST + HOST + "Content-Length: 9\r\n" + END + "{"
    }) {
      try (WireClient client = WireClient.connect(server.url())) {
        client.write(part);
        client.shutdownOutput();
        client.readToEnd();
      }
      try (WireClient client = WireClient.connect(server.url())) {
        client.write(part);
      }
    }
    assertThat(server.connections()).isEmpty();
  }

  private static Arguments row(int status, String what, String request) {
    return Arguments.of(status, what, request);
  }

  private static String chunked(String chunks) {
    return POST + HOST + JSON + "Transfer-Encoding: chunked\r\n" + END + chunks;
  }

  private static Handler recording(Consumer<String> to) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
          to.accept(record.getMessage() + " " + record.getThrown());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}

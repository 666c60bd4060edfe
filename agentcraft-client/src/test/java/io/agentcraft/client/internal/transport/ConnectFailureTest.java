package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class ConnectFailureTest {

  private static final String HINT = "client certificate";

  @Test
  void aServerThatIsNotThereAsksForNoCertificate() {
    Throwable refused = new ConnectException("Failed to connect to localhost/127.0.0.1:1")
        .initCause(new ConnectException("Connection refused"));
    assertThat(described("https://localhost:1/", refused))
        .contains("Failed to connect")
        .doesNotContain(HINT);
  }

  @Test
  void aConnectionThatEndsBeforeTheAnswerMayHaveLackedOne() {
    Throwable ended = new SSLHandshakeException("gone").initCause(new EOFException());
    assertThat(described("https://localhost:1/", ended)).contains(HINT).contains("speaks no TLS");
    assertThat(described("https://localhost:1/", new SocketException("Connection reset")))
        .contains(HINT);
    assertThat(described("http://localhost:1/", new SocketException("Connection reset")))
        .doesNotContain(HINT);
  }

  @Test
  void aCertificateThatIsNotTrustedIsAFailureOfTls() {
    Throwable untrusted =
        new SSLHandshakeException("PKIX").initCause(new IOException("no path to a root"));
    assertThat(ConnectFailure.cause(untrusted, request("https://localhost:1/")))
        .isInstanceOf(DisconnectCause.TlsFailed.class);
  }

  private static String described(String url, Throwable error) {
    return ConnectFailure.cause(error, request(url)).description();
  }

  private static Request request(String url) {
    return new Request.Builder().url(url).build();
  }
}

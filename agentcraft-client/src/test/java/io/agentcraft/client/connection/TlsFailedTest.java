package io.agentcraft.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of TLS failure is described in one line, with the next step. */
class TlsFailedTest {

  @ParameterizedTest
  @MethodSource("failures")
  void describesTheFailureAndTheNextStep(Throwable error, String what, String next) {
    assertThat(new DisconnectCause.TlsFailed(error).description())
        .startsWith(what)
        .contains(next)
        .doesNotContain("\n", "..");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new SSLPeerUnverifiedException("Hostname a not verified:\n    DN: CN=b"),
            "the server's certificate is for another host: Hostname a not verified: DN: CN=b",
            "a host in the URL that the certificate names"),
        Arguments.of(
            new SSLPeerUnverifiedException("Certificate pinning failure!"),
            "the server's certificate is not trusted",
            "okHttpClient(…)"),
        Arguments.of(
            new SSLHandshakeException("PKIX").initCause(new CertificateException()),
            "the server's certificate is not trusted: PKIX",
            "private CA"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: bad_certificate"),
            "the server refused this client's certificate",
            "okHttpClient(…)"),
        Arguments.of(
            new SSLHandshakeException("(certificate_required) Received fatal alert: x"),
            "the server refused this client's certificate",
            "okHttpClient(…)"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"),
            "the server does not speak TLS at this port",
            "ws:// rather than wss://"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: handshake_failure"),
            "TLS failed: SSLHandshakeException: Received",
            "where clients need a certificate"),
        Arguments.of(new SSLException((String) null), "TLS failed", "no details"));
  }
}

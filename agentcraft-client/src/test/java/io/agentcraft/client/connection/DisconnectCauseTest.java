package io.agentcraft.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A description is followed by a full stop of whoever shows it, so it brings none, even if the text of others does. */
class DisconnectCauseTest {

  static Stream<DisconnectCause> causes() {
    return Stream.of(
        new DisconnectCause.ClosedByCaller(),
        new DisconnectCause.ClosedByServer(1008, ""),
        new DisconnectCause.ClosedByServer(1008, "No."),
        new DisconnectCause.HandshakeRefused(401, null, "The token is wrong. Set another."),
        new DisconnectCause.HandshakeRefused(401, null, "Wrong... "),
        new DisconnectCause.HandshakeInvalid("The server agreed to foo."),
        new DisconnectCause.ConnectionLost(new EOFException("gone.")),
        new DisconnectCause.ConnectionLost(new IOException()),
        new DisconnectCause.ConnectionLost(new IOException("Broken pipe.")),
        new DisconnectCause.ConnectionLost(new NoSuchMethodError("okio.Buffer.")),
        new DisconnectCause.TlsFailed(new SSLException((String) null)),
        new DisconnectCause.TlsFailed(new SSLException("Something.")),
        new DisconnectCause.TlsFailed(new SSLException("Unsupported or unrecognized SSL message.")),
        new DisconnectCause.TlsFailed(new SSLPeerUnverifiedException("Hostname a not verified.")),
        new DisconnectCause.TlsFailed(
            new SSLHandshakeException("PKIX.").initCause(new CertificateException())),
        new DisconnectCause.TlsFailed(new SSLHandshakeException("alert: bad_certificate.")),
        new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(15), ""),
        new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(15), "The dispatcher is full."),
        new DisconnectCause.IdleTimedOut(Duration.ofSeconds(45)),
        new DisconnectCause.TokenUnavailable(new IOException("secret.")));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void theDescriptionEndsWithoutAFullStop(DisconnectCause cause) {
    assertThat(cause.description() + ".").matches("(?s).*[^.\\s]\\.").doesNotContain("..", ".:");
  }
}

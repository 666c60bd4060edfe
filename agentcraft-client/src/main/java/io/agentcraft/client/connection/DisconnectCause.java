package io.agentcraft.client.connection;

import io.agentcraft.client.internal.guard.LogText;
import java.io.EOFException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a connection ended, or could not be opened. Minor versions may permit further types, so always include a
 * {@code default} branch.
 */
public sealed interface DisconnectCause {

  /**
   * Returns a sentence that describes what happened and, if possible, what to do. It contains no secrets, and control and
   * bidi characters are escaped in it.
   *
   * @return the description, starting in lower case and without a full stop at its end
   */
  String description();

  private static String withoutFullStop(@Nullable String text) {
    return String.valueOf(text).replaceFirst("[.\\s]+$", "");
  }

  /** The client was closed. */
  record ClosedByCaller() implements DisconnectCause {
    @Override
    public String description() {
      return "the client was closed";
    }
  }

  /**
   * The server closed the WebSocket with a close frame.
   *
   * @param code the close code; 1005 if the frame had none
   * @param reason the reason given by the server; often empty
   */
  record ClosedByServer(int code, String reason) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param code the close code; 1005 if the frame had none
     * @param reason the reason given by the server; often empty
     */
    public ClosedByServer {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String description() {
      return "the server closed the connection with code " + code
          + (reason.isEmpty() ? "" : " (" + LogText.escape(reason) + ")");
    }
  }

  /**
   * The server did not accept the WebSocket handshake.
   *
   * @param httpStatus the HTTP status of the response
   * @param retryAfter the delay requested by the server ({@code Retry-After}); {@code null} if it requested none
   * @param explanation what was tried and what may be wrong
   */
  record HandshakeRefused(int httpStatus, @Nullable Duration retryAfter, String explanation)
      implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param httpStatus the HTTP status of the response
     * @param retryAfter the delay requested by the server ({@code Retry-After}); {@code null} if it requested none
     * @param explanation what was tried and what may be wrong
     */
    public HandshakeRefused {
      Objects.requireNonNull(explanation, "explanation");
    }

    @Override
    public String description() {
      return withoutFullStop(LogText.escape(explanation));
    }
  }

  /**
   * The server accepted the WebSocket handshake, but agreed to an extension or a subprotocol that the client had not
   * offered, or to a parameter of an extension that the client cannot apply. This corresponds to close code 1010.
   *
   * @param explanation what the server agreed to, and what to do about it
   */
  record HandshakeInvalid(String explanation) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param explanation what the server agreed to, and what to do about it
     */
    public HandshakeInvalid {
      Objects.requireNonNull(explanation, "explanation");
    }

    @Override
    public String description() {
      return withoutFullStop(LogText.escape(explanation));
    }
  }

  /**
   * The connection broke, or could not be opened: end of stream without a close frame, I/O or DNS error. A {@link
   * LinkageError} means that libraries on the class path are incompatible, usually OkHttp and an older Okio.
   *
   * @param error the error
   */
  record ConnectionLost(Throwable error) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param error the error
     */
    public ConnectionLost {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public String description() {
      if (error instanceof EOFException) {
        return "the server ended the connection without a close frame";
      }
      String message = error.getMessage();
      if (error instanceof LinkageError) {
        return "libraries on the class path are incompatible, most likely OkHttp and an older Okio (mvn dependency:tree"
            + " lists them): " + error.getClass().getSimpleName() + ": "
            + withoutFullStop(LogText.excerpt(String.valueOf(message)));
      }
      return "the connection failed: " + error.getClass().getSimpleName()
          + (message == null ? "" : ": " + withoutFullStop(LogText.excerpt(message)));
    }
  }

  /**
   * The TLS handshake failed: the server's certificate is for another host or is not trusted, the server requires a client
   * certificate, or it does not speak TLS at all. The default policy retries, because certificates get renewed. To give up
   * at once, use {@link ExponentialBackoff#withGiveUpRule}.
   *
   * @param error the error, usually a {@link javax.net.ssl.SSLException}
   */
  record TlsFailed(Throwable error) implements DisconnectCause {

    private static final String CONFIGURE =
        "configure an OkHttpClient that has one with okHttpClient(…)";

    /**
     * Creates the cause.
     *
     * @param error the error, usually a {@link javax.net.ssl.SSLException}
     */
    public TlsFailed {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public String description() {
      String details = details();
      if (error instanceof SSLPeerUnverifiedException && details.startsWith("Hostname")) {
        return "the server's certificate is for another host: " + details
            + ". Use a host in the URL that the certificate names, or give the server a certificate for this host";
      }
      if (error instanceof SSLPeerUnverifiedException
          || causes().anyMatch(CertificateException.class::isInstance)) {
        return "the server's certificate is not trusted: " + details
            + ". For a private CA, configure an OkHttpClient that trusts it with okHttpClient(…)";
      }
      String lowerCase = details.toLowerCase(Locale.ROOT);
      if (lowerCase.contains("alert")
          && (lowerCase.contains("certificate") || lowerCase.contains("_ca"))) {
        return "the server refused this client's certificate, or the lack of one: " + details
            + ". If the server requires a client certificate, " + CONFIGURE;
      }
      if (lowerCase.contains("unrecognized ssl message") || lowerCase.contains("not an ssl")) {
        return "the server does not speak TLS at this port: " + details
            + ". Check the port, and whether the URL must begin with ws:// rather than wss://";
      }
      return "TLS failed: " + error.getClass().getSimpleName() + ": " + details
          + ". Check that the server speaks TLS at this port (wss://); where clients need a certificate, "
          + CONFIGURE;
    }

    private String details() {
      String message = error.getMessage();
      return message == null
          ? "no details"
          : withoutFullStop(LogText.excerpt(message.strip().replaceAll("\\s+", " ")));
    }

    private Stream<Throwable> causes() {
      // Bounded, because a chain of causes may contain a cycle.
      return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(20);
    }
  }

  /**
   * The handshake did not complete within the handshake timeout.
   *
   * @param timeout the handshake timeout
   * @param hint the likely reason; empty if unknown
   */
  record HandshakeTimedOut(Duration timeout, String hint) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param timeout the handshake timeout
     * @param hint the likely reason; empty if unknown
     */
    public HandshakeTimedOut {
      Objects.requireNonNull(timeout, "timeout");
      Objects.requireNonNull(hint, "hint");
    }

    @Override
    public String description() {
      return "the handshake did not complete within " + timeout.toMillis() + " ms"
          + (hint.isEmpty() ? "" : "; " + withoutFullStop(LogText.escape(hint)));
    }
  }

  /**
   * The server sent nothing for longer than the idle timeout.
   *
   * @param idleTime how long the server had sent nothing
   */
  record IdleTimedOut(Duration idleTime) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param idleTime how long the server had sent nothing
     */
    public IdleTimedOut {
      Objects.requireNonNull(idleTime, "idleTime");
    }

    @Override
    public String description() {
      return "the server sent nothing for " + idleTime.toMillis()
          + " ms, longer than the idle timeout";
    }
  }

  /**
   * The token provider failed or returned no usable token.
   *
   * @param error the provider's error. Neither the description nor {@code toString} shows its message, which may contain
   *     secrets
   */
  record TokenUnavailable(Throwable error) implements DisconnectCause {
    /**
     * Creates the cause.
     *
     * @param error the provider's error
     */
    public TokenUnavailable {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public String description() {
      return "the token provider returned no token: " + error.getClass().getSimpleName();
    }

    @Override
    public String toString() {
      return "TokenUnavailable[error=" + error.getClass().getName() + "]";
    }
  }
}

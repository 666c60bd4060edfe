package io.agentcraft.client.connection;

import java.io.EOFException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, or could not be made. New permitted types may come in a minor version: keep a {@code default}
 * branch.
 */
public sealed interface DisconnectCause {

  /**
   * Says what happened, and where there is one the next step, in a sentence without secrets.
   *
   * @return the sentence
   */
  String description();

  /** The owner closed the client. */
  record ClosedByCaller() implements DisconnectCause {
    @Override
    public String description() {
      return "closed by its owner";
    }
  }

  /**
   * The server closed the WebSocket with a close frame.
   *
   * @param code the close code; 1005 if the frame had none
   * @param reason the server's words; often empty
   */
  record ClosedByServer(int code, String reason) implements DisconnectCause {
    /**
     * Checks that the reason is not {@code null}.
     *
     * @param code the close code; 1005 if the frame had none
     * @param reason the server's words; often empty
     */
    public ClosedByServer {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String description() {
      return "the server closed the connection with code " + code
          + (reason.isEmpty() ? "" : " (" + reason.replaceAll("\\p{Cntrl}", " ") + ")");
    }
  }

  /**
   * The server answered the handshake with something else than a WebSocket.
   *
   * @param httpStatus the HTTP status
   * @param retryAfter the wait that the server asked for ({@code Retry-After}); {@code null} if it asked for none
   * @param explanation what was tried and what may be wrong
   */
  record HandshakeRefused(int httpStatus, @Nullable Duration retryAfter, String explanation)
      implements DisconnectCause {
    /**
     * Checks that the explanation is not {@code null}.
     *
     * @param httpStatus the HTTP status
     * @param retryAfter the wait that the server asked for ({@code Retry-After}); {@code null} if it asked for none
     * @param explanation what was tried and what may be wrong
     */
    public HandshakeRefused {
      Objects.requireNonNull(explanation, "explanation");
    }

    @Override
    public String description() {
      return explanation;
    }
  }

  /**
   * The connection broke, or could not be made: end of stream without a close frame, I/O or DNS error. A {@link
   * LinkageError} says that libraries on the class path do not fit together, mostly OkHttp and an older Okio.
   *
   * @param error the error
   */
  record ConnectionLost(Throwable error) implements DisconnectCause {
    /**
     * Checks that the error is not {@code null}.
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
        return "libraries on the class path do not fit together, most likely OkHttp and an older Okio (mvn dependency:tree"
            + " shows them): " + error.getClass().getSimpleName() + ": " + message;
      }
      return "the connection broke: " + error.getClass().getSimpleName()
          + (message == null ? "" : ": " + message.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /**
   * No encrypted connection to the server could be made: its certificate is for another host or of a CA that nobody
   * here trusts, or it wants a client certificate, or it does not speak TLS at all.
   * The default policy tries again, since certificates get renewed; a policy that is to give up at once says so with
   * {@code ExponentialBackoff.withFinalRule}.
   *
   * @param error the error, mostly a {@link javax.net.ssl.SSLException}
   */
  record TlsFailed(Throwable error) implements DisconnectCause {
    /**
     * Checks that the error is not {@code null}.
     *
     * @param error the error, mostly a {@link javax.net.ssl.SSLException}
     */
    public TlsFailed {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public String description() {
      return TlsFailures.explain(error);
    }
  }

  /**
   * The handshake took longer than the client allows.
   *
   * @param timeout how long it allows
   * @param hint what may be in the way; empty if nothing is known
   */
  record HandshakeTimedOut(Duration timeout, String hint) implements DisconnectCause {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param timeout how long it allows
     * @param hint what may be in the way; empty if nothing is known
     */
    public HandshakeTimedOut {
      Objects.requireNonNull(timeout, "timeout");
      Objects.requireNonNull(hint, "hint");
    }

    @Override
    public String description() {
      return "no answer to the handshake within " + timeout.toMillis() + " ms"
          + (hint.isEmpty() ? "" : "; " + hint);
    }
  }

  /**
   * Nothing came from the server for longer than its own heartbeat allows.
   *
   * @param silence how long nothing came
   */
  record WentSilent(Duration silence) implements DisconnectCause {
    /**
     * Checks that the duration is not {@code null}.
     *
     * @param silence how long nothing came
     */
    public WentSilent {
      Objects.requireNonNull(silence, "silence");
    }

    @Override
    public String description() {
      return "no frame from the server for " + silence.toMillis()
          + " ms, longer than its heartbeat allows";
    }
  }

  /**
   * The token provider gave no token that can be used.
   *
   * @param error what it failed with; shown neither by the description nor by {@code toString}, since it is not the SDK's
   */
  record TokenUnavailable(Throwable error) implements DisconnectCause {
    /**
     * Checks that the error is not {@code null}.
     *
     * @param error what it failed with
     */
    public TokenUnavailable {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public String description() {
      return "the token provider gave no token: " + error.getClass().getSimpleName();
    }

    @Override
    public String toString() {
      return "TokenUnavailable[error=" + error.getClass().getName() + "]";
    }
  }
}

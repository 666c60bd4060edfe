package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.HandshakeGate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What can go wrong between a client and its server, one call each. Safe to use from any thread. */
public final class Faults {

  private final HandshakeGate gate;
  private final Supplier<List<ClientConnection>> open;

  Faults(HandshakeGate gate, Supplier<List<ClientConnection>> open) {
    this.gate = gate;
    this.open = open;
  }

  /**
   * Ends all TCP connections without a close frame, as a crash of the server does: end of stream. One connection only:
   * {@link ClientConnection#cut}.
   */
  public void cutConnections() {
    each(ClientConnection::cut);
  }

  /** Ends all TCP connections with a reset. One connection only: {@link ClientConnection#reset}. */
  public void resetConnections() {
    each(ClientConnection::reset);
  }

  /**
   * Starts the close handshake on all connections, as a graceful restart does with 1012. One connection only:
   * {@link ClientConnection#close}.
   *
   * @param code the close code: 1000 to 1014 without 1004, 1005 and 1006, or 3000 to 4999
   * @param reason the reason, at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if code or reason can't be sent
   */
  public void closeConnections(int code, String reason) {
    each(connection -> connection.close(code, reason));
  }

  /**
   * Answers the next WebSocket handshakes with an HTTP status, whatever their path and client id.
   *
   * @param count how many of them
   * @param status the status, such as 503
   * @param headers names and values in turn, such as {@code "Retry-After", "2"}
   * @throws IllegalArgumentException if a header has no value, or the status stands for success
   */
  public void refuseNextHandshakes(int count, int status, String... headers) {
    if (headers.length % 2 != 0) {
      throw new IllegalArgumentException("Headers are names and values in turn, but there are "
          + headers.length + " texts. Write for example \"Retry-After\", \"2\".");
    }
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException("A refusal has a status from 300 to 599, but this is "
          + status + ". Use for example 503.");
    }
    gate.refuse(count, new HandshakeGate.Refusal(status, List.of(headers)));
  }

  /**
   * Returns how many handshakes are still to be refused.
   *
   * @return the number
   */
  public int pendingRefusals() {
    return gate.pendingRefusals();
  }

  /** Lets the next handshake hang: the request is read and not answered, until it is released. */
  public void stallNextHandshake() {
    gate.stallNext();
  }

  /** Answers the handshakes that hang after all, and stalls no further ones. */
  public void releaseStalledHandshakes() {
    gate.releaseStalled();
  }

  private void each(Consumer<ClientConnection> fault) {
    open.get().forEach(fault);
  }
}

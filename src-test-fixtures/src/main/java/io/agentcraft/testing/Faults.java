package io.agentcraft.testing;

import java.util.List;
import java.util.function.Consumer;

/** What can go wrong between a client and its server, one call each. Safe to use from any thread. */
public final class Faults {

  private final ServerComponents server;
  private final HandshakeGate gate;

  Faults(ServerComponents server) {
    this.server = server;
    this.gate = server.gate;
  }

  /**
   * Returns the network faults of all open connections: half-open, deaf, slow, cut at a frame. For one connection: {@link
   * ClientConnection#wireFaults}.
   *
   * @return the faults
   */
  public WireFaults wire() {
    return new WireFaults(server.loop, server.journal::open);
  }

  /**
   * Returns the broken frames that can be sent on all open connections. For one connection: {@link
   * ClientConnection#frameFaults}.
   *
   * @return the faults
   */
  public FrameFaults frames() {
    return new FrameFaults(server.loop, server.journal::open);
  }

  /**
   * Returns the faults of answers: dropped, sent twice, late, in another order.
   *
   * @return the faults
   */
  public AnswerFaults answers() {
    return server.hub.answers();
  }

  /**
   * Ends all TCP connections without a close frame, as a crash of the server does: end of stream. For one connection:
   * {@link ClientConnection#cut}.
   */
  public void cutConnections() {
    each(ClientConnection::cut);
  }

  /** Ends all TCP connections with a reset. For one connection: {@link ClientConnection#reset}. */
  public void resetConnections() {
    each(ClientConnection::reset);
  }

  /**
   * Starts the close handshake on all connections, as a graceful restart does with 1012. For one connection:
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
   * Refuses the next WebSocket handshakes with an HTTP status, whatever their path and client id.
   *
   * @param count how many of them
   * @param status the status, such as 503
   * @param headers names and values in turn, such as {@code "Retry-After", "2"}
   * @throws IllegalArgumentException if a header has no value, or the status is not from 300 to 599
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

  /** Stalls the next handshake: the request is read, and not answered until it is released. */
  public void stallNextHandshake() {
    gate.stallNext();
  }

  /**
   * Returns how many handshakes are stalled.
   *
   * @return the number, including those whose client has disconnected meanwhile
   */
  public int stalledHandshakes() {
    return gate.stalled();
  }

  /** Answers the stalled handshakes, and stalls no more. */
  public void releaseStalledHandshakes() {
    gate.releaseStalled();
  }

  /**
   * Closes the port: new connections are refused ({@code ECONNREFUSED}). Open connections stay open; see also {@link
   * #cutConnections}.
   */
  public void refuseConnections() {
    server.sockets.refuse();
  }

  /**
   * Opens the same port again.
   *
   * @throws java.io.UncheckedIOException if another process has taken it meanwhile
   */
  public void acceptConnections() {
    server.sockets.listenAgain();
  }

  /**
   * Accepts the next connections and drops each at once: the handshake succeeds, and the stream ends right after it.
   *
   * @param count how many
   */
  public void dropNextConnections(int count) {
    onNextConnections(count, ClientConnection::cut);
  }

  /**
   * Does something with the next connections as soon as they are open, before anything is sent on them.
   *
   * @param count how many
   * @param action what to do; runs in the server's loop, so it must not block
   */
  public void onNextConnections(int count, Consumer<ClientConnection> action) {
    gate.onNextConnections(count, action);
  }

  /**
   * Rewrites the text frames that the server sends, on all connections, including later ones. What tests send with {@link
   * ClientConnection#sendRaw} and {@link #frames} is sent as it is.
   *
   * @param rewriter returns what is sent in place of a text frame; replaces the one set before
   */
  public void rewriteSent(FrameRewriter rewriter) {
    server.loop.call(() -> server.hub.broadcaster().rewriteWith(rewriter));
  }

  /**
   * Rewrites the text frames that the server receives, on all connections, including later ones.
   *
   * @param rewriter returns what the server handles, and records as received, in place of a text frame; replaces the one
   *     set before
   */
  public void rewriteReceived(FrameRewriter rewriter) {
    server.loop.call(() -> server.hub.rewriteReceivedWith(rewriter));
  }

  /**
   * Ends all faults that can be ended: opens the port, cancels the faults of the next handshakes and connections, answers
   * stalled handshakes, releases answers, stops rewriting frames, and heals the network of all open connections.
   */
  public void healAll() {
    gate.clear();
    rewriteSent(Broadcaster.UNCHANGED);
    rewriteReceived(Broadcaster.UNCHANGED);
    answers().healAll();
    wire().heal();
    // Last, since it fails if another process has taken the port.
    acceptConnections();
  }

  private void each(Consumer<ClientConnection> fault) {
    server.journal.open().forEach(fault);
  }
}

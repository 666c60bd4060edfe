package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Connection;
import io.agentcraft.testing.internal.protocol.HandshakeGate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What can go wrong between a client and its server, one call each. Safe to use from any thread. */
public final class Faults {

  private final ServerParts parts;
  private final HandshakeGate gate;

  Faults(ServerParts parts) {
    this.parts = parts;
    this.gate = parts.gate;
  }

  /**
   * Returns what the network can do to all open connections: half-open, deaf, slow, cut at a frame. One connection only:
   * {@link ClientConnection#wireFaults}.
   *
   * @return the faults
   */
  public WireFaults wire() {
    return new WireFaults(parts.loop, this::open);
  }

  /**
   * Returns what a broken server can send on all open connections. One connection only:
   * {@link ClientConnection#frameFaults}.
   *
   * @return the faults
   */
  public FrameFaults frames() {
    return new FrameFaults(parts.loop, this::open);
  }

  /**
   * Returns what can go wrong with answers: lost, twice, late, in another order.
   *
   * @return the faults
   */
  public AnswerFaults answers() {
    return new AnswerFaults(parts.loop, parts.hub.answers());
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

  /**
   * Returns how many handshakes hang now.
   *
   * @return the number, those included whose client has gone meanwhile
   */
  public int stalledHandshakes() {
    return gate.stalling();
  }

  /** Answers the handshakes that hang after all, and stalls no further ones. */
  public void releaseStalledHandshakes() {
    gate.releaseStalled();
  }

  /**
   * Closes the port: who connects is refused ({@code ECONNREFUSED}). Open connections stay; see also
   * {@link #cutConnections}.
   */
  public void refuseConnections() {
    parts.sockets.refuse();
  }

  /**
   * Opens the same port again.
   *
   * @throws java.io.UncheckedIOException if someone else has taken it meanwhile
   */
  public void acceptConnections() {
    parts.sockets.listenAgain();
  }

  /**
   * Accepts the next connections and drops each at once: the handshake succeeds, and the end of the stream is all that
   * follows.
   *
   * @param count how many
   */
  public void dropNextConnections(int count) {
    onNextConnections(count, ClientConnection::cut);
  }

  /**
   * Does something to the next connections as soon as they are open, before anything is sent on them.
   *
   * @param count how many
   * @param fault what is done; runs in the server's loop, so it must not wait for anything
   */
  public void onNextConnections(int count, Consumer<ClientConnection> fault) {
    gate.welcome(count, connection -> fault.accept(parts.journal.of(connection)));
  }

  /**
   * Sends other frames than the server means to send, on all connections, those to come included. What tests send with
   * {@link ClientConnection#sendRaw} and {@link #frames} goes out as it is.
   *
   * @param rewriter what is sent in the place of a text frame; replaces the one set before
   */
  public void rewriteSent(FrameRewriter rewriter) {
    parts.loop.call(() -> parts.hub.rewriting().onSent(known(rewriter)));
  }

  /**
   * Lets the server see other frames than clients send, on all connections, those to come included.
   *
   * @param rewriter what the server handles, and remembers as received, in the place of a text frame; replaces the one
   *     set before
   */
  public void rewriteReceived(FrameRewriter rewriter) {
    parts.loop.call(() -> parts.hub.rewriting().onReceived(known(rewriter)));
  }

  /**
   * Ends all faults that can be ended: opens the port, forgets what lies in wait for the next handshakes and
   * connections, lets stalled handshakes go on, releases answers, rewrites no frames any more, heals the wires of all
   * open connections.
   */
  public void healAll() {
    gate.clear();
    parts.loop.call(() -> parts.hub.rewriting().end());
    answers().healAll();
    wire().heal();
    // Last, since it fails if someone else has taken the port.
    acceptConnections();
  }

  private BiFunction<Connection, String, List<String>> known(FrameRewriter rewriter) {
    return (connection, text) -> rewriter.rewrite(parts.journal.of(connection), text);
  }

  private List<Connection> open() {
    return parts.journal.open().stream().map(ClientConnection::connection).toList();
  }

  private void each(Consumer<ClientConnection> fault) {
    parts.journal.open().forEach(fault);
  }
}

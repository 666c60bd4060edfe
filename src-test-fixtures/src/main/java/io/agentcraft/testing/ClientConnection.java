package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Closure;
import io.agentcraft.testing.internal.protocol.Connection;
import io.agentcraft.testing.internal.time.Loop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One connection of a client, open or over, as the server sees it. Safe to use from any thread. */
public final class ClientConnection {

  private final Connection connection;
  private final Loop loop;
  private final Journal journal;

  ClientConnection(Connection connection, Loop loop, Journal journal) {
    this.connection = connection;
    this.loop = loop;
    this.journal = journal;
  }

  /**
   * Returns the client id, the last part of the request path.
   *
   * @return the id, decoded
   */
  public String clientId() {
    return connection.clientId();
  }

  /**
   * Returns the path of the handshake request.
   *
   * @return the path as it was on the wire, with the client id
   */
  public String path() {
    return connection.path();
  }

  /**
   * Returns the headers of the handshake request.
   *
   * @return the values by name; names in lower case
   */
  public Map<String, List<String>> headers() {
    return connection.headers().toMultimap();
  }

  /**
   * Returns one header of the handshake request.
   *
   * @param name the name in any case
   * @return its last value; empty if it isn't there
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(connection.headers().get(name));
  }

  /**
   * Tells whether the connection is open as far as the server knows.
   *
   * @return {@code false} once the client's close frame arrived, the stream ended or the server cut it
   */
  public boolean isOpen() {
    return connection.closure() == null;
  }

  /**
   * Returns the code of the close frame that the client sent, in answer to the server's or of its own accord.
   *
   * @return the code, 1005 for an empty close frame; empty while open, and if none came
   */
  public OptionalInt closeCode() {
    Closure closure = connection.closure();
    return closure == null || closure.code() == null
        ? OptionalInt.empty()
        : OptionalInt.of(closure.code());
  }

  /**
   * Returns the reason in the client's close frame, or how else the connection ended.
   *
   * @return the reason; empty while open
   */
  public Optional<String> closeReason() {
    return Optional.ofNullable(connection.closure()).map(Closure::reason);
  }

  /**
   * Returns what the client sent on this connection.
   *
   * @return the frames in the order they arrived
   */
  public List<ReceivedFrame> frames() {
    return journal.frames().stream().filter(frame -> frame.connection() == this).toList();
  }

  /**
   * Sends a text frame as it is on this connection only.
   *
   * @param text anything, also what is no JSON
   */
  public void sendRaw(String text) {
    loop.call(() -> {
      var unused = connection.send(text);
    });
  }

  /**
   * Sends a binary frame on this connection only.
   *
   * @param bytes anything
   */
  public void sendBinary(byte[] bytes) {
    byte[] copy = bytes.clone();
    loop.call(() -> {
      var unused = connection.send(copy);
    });
  }

  /**
   * Starts the close handshake on this connection.
   *
   * @param code the close code: 1000 to 1014 without 1004, 1005 and 1006, or 3000 to 4999
   * @param reason the reason, at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if code or reason can't be sent
   */
  public void close(int code, String reason) {
    loop.call(() -> connection.close(loop, code, reason));
  }

  /** Ends the TCP connection without a close frame, as a crashing server does: end of stream. */
  public void cut() {
    loop.call(() -> connection.cut(false));
  }

  /** Ends the TCP connection with a reset. */
  public void reset() {
    loop.call(() -> connection.cut(true));
  }

  /**
   * Returns what the network can do to this connection. All connections at once: {@link Faults#wire}.
   *
   * @return its faults
   */
  public WireFaults wireFaults() {
    return new WireFaults(loop, () -> List.of(connection));
  }

  /**
   * Returns what a broken server can send on this connection. On all connections at once: {@link Faults#frames}.
   *
   * @return its faults
   */
  public FrameFaults frameFaults() {
    return new FrameFaults(loop, () -> List.of(connection));
  }

  Connection connection() {
    return connection;
  }

  @Override
  public String toString() {
    Closure closure = connection.closure();
    String state = closure == null
        ? "open"
        : "closed with " + (closure.code() == null ? "no close frame" : closure.code()) + " "
            + closure.reason();
    return connection.path() + " (" + state + ", " + frames().size() + " frames)";
  }
}

package io.agentcraft.testing;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Faults of the network: what can happen to open connections while every byte is valid. Each call affects the connections
 * that are open at that moment, and none that are opened later; {@link #heal} ends what can be ended. Safe to use from any
 * thread.
 */
public final class WireFaults {

  /** Where a connection is cut, relative to the next text frame. */
  public enum CutPoint {
    /** The frame was about to be sent: nothing of it arrives. */
    BEFORE_FRAME,
    /** Its header and half of its text arrive. */
    INSIDE_FRAME,
    /** It arrives whole, and nothing after it. */
    AFTER_FRAME
  }

  private final Loop loop;
  private final Supplier<List<ClientConnection>> connections;

  WireFaults(Loop loop, Supplier<List<ClientConnection>> connections) {
    this.loop = loop;
    this.connections = connections;
  }

  /**
   * Lets nothing through in either direction, as if a cable were unplugged: no data, no end of stream, no reset. What is sent
   * meanwhile waits, and arrives when the connection is healed, as TCP would retransmit it.
   */
  public void halfOpen() {
    each(connection -> connection.socket().halfOpen(true));
  }

  /**
   * Makes the connections deaf: they stay open and WebSocket pings are answered, but no message is ever sent on them: no
   * answer, no broadcast and no {@code ping}.
   */
  public void deafen() {
    each(connection -> connection.deaf(true));
  }

  /**
   * Stops reading, so that what clients send fills the network's buffers and then their own queues. What the server sends
   * still arrives.
   */
  public void stopReading() {
    each(connection -> connection.socket().pauseReading(true));
  }

  /**
   * Does not answer the clients' close frames and leaves the TCP connections open: a client has to end the close handshake
   * itself. The server reads nothing after such a close frame, and {@link #heal} does not change that.
   */
  public void ignoreClose() {
    each(ClientConnection::ignoreClose);
  }

  /**
   * Delays everything that the server sends, without limiting how much is in flight. Time is that of the server's scheduler.
   *
   * @param delay how long each byte is delayed; zero for no delay
   * @throws IllegalArgumentException if it is negative
   */
  public void latency(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "The latency was " + delay + ". Use a positive duration, or zero for none.");
    }
    each(connection -> connection.socket().latency(delay));
  }

  /**
   * Sends the server's bytes in small pieces. Time is that of the server's scheduler.
   *
   * @param bytes how many bytes a piece has, at least 1
   * @param interval the time before each piece, more than zero
   * @throws IllegalArgumentException if bytes or interval is out of range
   */
  public void trickle(int bytes, Duration interval) {
    if (bytes < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("A trickle of " + bytes + " bytes every " + interval
          + " is not possible. Use 1 byte or more, and a positive interval.");
    }
    each(connection -> connection.socket().trickle(bytes, interval));
  }

  /**
   * Ends each TCP connection, without a close frame, at the next text frame that the server sends on it.
   *
   * @param point where exactly
   */
  public void cutAtNextFrame(CutPoint point) {
    each(connection -> connection.cutAtNextFrame(point));
  }

  /**
   * Ends {@link #halfOpen}, {@link #deafen}, {@link #stopReading}, {@link #latency}, {@link #trickle} and a {@link
   * #cutAtNextFrame} that has not happened yet.
   */
  public void heal() {
    each(connection -> {
      connection.deaf(false);
      connection.cutAtNextFrame(null);
      connection.socket().latency(Duration.ZERO);
      connection.socket().pauseReading(false);
      connection.socket().halfOpen(false);
    });
  }

  private void each(Consumer<ClientConnection> fault) {
    loop.call(() -> connections.get().forEach(fault));
  }
}

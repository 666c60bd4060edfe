package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Connection;
import io.agentcraft.testing.internal.socket.Pace;
import io.agentcraft.testing.internal.time.Loop;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What can go wrong with open connections while no byte is wrong. Each call means the connections that are open at that
 * moment, none that come later; {@link #heal} ends what can be ended. Safe to use from any thread.
 */
public final class WireFaults {

  private final Loop loop;
  private final Supplier<List<Connection>> connections;

  WireFaults(Loop loop, Supplier<List<Connection>> connections) {
    this.loop = loop;
    this.connections = connections;
  }

  /**
   * Lets nothing through any more in either direction, as if a cable were out: no data, no end of stream, no reset. What
   * is sent meanwhile waits, and arrives when the connection is healed, as TCP would send it again.
   */
  public void halfOpen() {
    each(connection -> connection.socket().halfOpen(true));
  }

  /**
   * Turns the connections deaf: they stay open and WebSocket pings are answered, but no message is ever sent on them,
   * no answer, no broadcast and no {@code ping}.
   */
  public void deafen() {
    each(connection -> connection.deaf(true));
  }

  /**
   * Stops reading, so that what clients send fills the buffers on the way and then their own queues. What the server
   * sends still arrives.
   */
  public void stopReading() {
    each(connection -> connection.socket().unread(true));
  }

  /**
   * Leaves the clients' close frames without an answer and the TCP connections open: a client has to end the close
   * handshake by itself. The server reads nothing after such a close frame, and {@link #heal} does not change that.
   */
  public void ignoreClose() {
    each(Connection::ignoreClose);
  }

  /**
   * Delays all that the server sends, without changing how much of it is on its way. Time is the server's scheduler's.
   *
   * @param delay how long each byte travels; zero for no delay
   * @throws IllegalArgumentException if it is negative
   */
  public void latency(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "The latency was " + delay + ". Use a positive duration, or zero for none.");
    }
    pace(new Pace(delay, 0));
  }

  /**
   * Lets bytes of the server through in drops. Time is the server's scheduler's.
   *
   * @param bytes how many bytes a drop has, at least 1
   * @param interval the time before each drop, more than zero
   * @throws IllegalArgumentException if bytes or interval can't be
   */
  public void trickle(int bytes, Duration interval) {
    if (bytes < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("A trickle of " + bytes + " bytes every " + interval
          + " can't be. Use 1 byte or more, and a positive interval.");
    }
    pace(new Pace(interval, bytes));
  }

  /**
   * Ends the TCP connections, without a close frame, at the next text frame that the server sends on each. Works
   * without TLS only.
   *
   * @param point where exactly
   */
  public void cutAtNextFrame(CutPoint point) {
    each(connection -> connection.cutAtNextFrame(point.rule));
  }

  /**
   * Ends {@link #halfOpen}, {@link #deafen}, {@link #stopReading}, {@link #latency}, {@link #trickle} and a {@link
   * #cutAtNextFrame} that has not happened yet.
   */
  public void heal() {
    each(connection -> {
      connection.deaf(false);
      connection.forgetCut();
      connection.socket().fullSpeed();
      connection.socket().unread(false);
      connection.socket().halfOpen(false);
    });
  }

  private void pace(Pace pace) {
    each(connection -> connection.socket().pace(pace));
  }

  private void each(Consumer<Connection> fault) {
    loop.call(() -> connections.get().forEach(fault));
  }
}

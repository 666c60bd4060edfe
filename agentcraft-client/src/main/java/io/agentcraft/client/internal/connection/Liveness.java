package io.agentcraft.client.internal.connection;

import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Detects that an open connection is dead although its socket is not. A server pings after 30 s without a frame from the
 * client, so a connection without any frame for 45 s is dead. A client that sends often receives no ping. When nothing has
 * come in for 30 s, it therefore sends a request that every server answers; if 15 s later nothing has come in, the
 * connection is dead too. Confined to the event loop.
 */
final class Liveness {

  private final EventLoop loop;
  private final Runnable probe;
  private final Consumer<Event> events;
  private final long timeout;
  private final long interval;
  private final long grace;
  private final LoopTimer timer;
  private long probedAt;

  /**
   * Creates a watch.
   *
   * @param timeout the 45 s, of which two thirds are the server's interval and one third is grace; zero for no watch
   * @param probe sends the request
   * @param events receives an {@link Event.Silent} when the connection is dead
   */
  Liveness(EventLoop loop, Duration timeout, Runnable probe, Consumer<Event> events) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.probe = probe;
    this.events = events;
    this.timeout = timeout.toNanos();
    this.interval = this.timeout / 3 * 2;
    this.grace = this.timeout - interval;
  }

  void watch(Connection connection) {
    stop();
    if (timeout > 0) {
      probedAt = connection.lastIn();
      check(connection);
    }
  }

  void stop() {
    timer.stop();
  }

  private void check(Connection connection) {
    long now = loop.nanoTime();
    if (connection.readerWaits()) {
      // Frames may be there, unread: it is a listener that is slow, not the server.
      connection.frameIn(now);
    }
    long lastIn = connection.lastIn();
    if (isDead(now, lastIn, connection.lastOut())) {
      events.accept(new Event.Silent(connection.generation(), Duration.ofNanos(now - lastIn)));
      return;
    }
    long wait = waitOrProbe(now, lastIn, connection.lastOut());
    timer.start(Duration.ofNanos(wait + 1), () -> check(connection));
  }

  private boolean isDead(long now, long lastIn, long lastOut) {
    return isProbing(lastIn)
        ? now - probedAt > grace
        : Math.min(now - lastIn, now - lastOut) > timeout;
  }

  /** Returns in how many nanoseconds to check again. */
  private long waitOrProbe(long now, long lastIn, long lastOut) {
    if (isProbing(lastIn)) {
      return grace - (now - probedAt) + 1;
    }
    long silence = now - lastIn;
    if (silence < interval) {
      return interval - silence;
    }
    // A pong follows its ping at once. Only frames that are sent well after the last one came in
    // keep the server from pinging.
    if (lastOut - lastIn <= grace / 3) {
      return grace / 3;
    }
    probedAt = now;
    probe.run();
    return grace;
  }

  private boolean isProbing(long lastIn) {
    return probedAt - lastIn > 0;
  }
}

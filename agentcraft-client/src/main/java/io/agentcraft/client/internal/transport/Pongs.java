package io.agentcraft.client.internal.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the pings of one connection that still wait for their pongs: OkHttp keeps those in a queue without a bound, which
 * a server that pings but does not read would fill. Pings come on the reader thread, pongs leave on the writer's.
 */
final class Pongs {

  static final int MOST_OWED = 1_000;

  private final AtomicInteger owed = new AtomicInteger();

  /** A ping has come. Returns whether to answer it: RFC 6455, 5.5.3, lets one pong answer many pings. */
  boolean mayBeOwed() {
    return owed.get() < MOST_OWED && owed.incrementAndGet() > 0;
  }

  /** A frame has left. While pongs wait it is one of them: OkHttp writes those first. */
  void frameLeft() {
    owed.updateAndGet(count -> Math.max(0, count - 1));
  }
}

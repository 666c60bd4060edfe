package io.agentcraft.client.internal.connection;

import java.time.Duration;

/**
 * Tells a silent server from a dead one. A server pings after 30 s without a frame
 * from the client, so a connection without any frame for 45 s is dead. A client that sends often gets no ping; for it, 30
 * s without a frame in are followed by a probe that every server answers, and 15 s of silence after it mean dead.
 *
 * @param timeout the 45 s; two thirds of it are the server's interval, one third is grace
 */
record Liveness(Duration timeout) {

  /** What to do now. */
  enum Verdict {
    WAIT,
    PROBE,
    DEAD
  }

  /**
   * A verdict.
   *
   * @param again in how many nanoseconds to look again, unless dead
   */
  record Check(Verdict verdict, long again) {}

  /**
   * When frames last travelled, in nanoseconds of one clock.
   *
   * @param lastIn the last frame from the server, or the handshake
   * @param lastOut the last frame to the server, or the handshake
   * @param probe the last probe; not after {@code lastIn} if none is unanswered
   */
  record Traffic(long lastIn, long lastOut, long probe) {}

  Check check(Traffic traffic, long now) {
    long limit = timeout.toNanos();
    long interval = limit / 3 * 2;
    long grace = limit - interval;
    long silence = now - traffic.lastIn();
    if (traffic.probe() - traffic.lastIn() > 0) {
      long waited = now - traffic.probe();
      return waited > grace
          ? new Check(Verdict.DEAD, 0)
          : new Check(Verdict.WAIT, grace - waited + 1);
    }
    if (Math.min(silence, now - traffic.lastOut()) > limit) {
      return new Check(Verdict.DEAD, 0);
    }
    if (silence < interval) {
      return new Check(Verdict.WAIT, interval - silence);
    }
    // A pong follows its ping at once: only frames sent well after the last one in keep the server
    // from pinging.
    boolean sendsOften = traffic.lastOut() - traffic.lastIn() > grace / 3;
    return sendsOften ? new Check(Verdict.PROBE, grace) : new Check(Verdict.WAIT, grace / 3);
  }
}

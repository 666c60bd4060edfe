package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;

/** The time limit of a client that closes and still has updates to deliver. Confined to the loop. */
final class DrainTimer {

  private final Scheduler.Timer half;
  private final Scheduler.Timer end;
  private final Runnable then;

  /**
   * Starts the timer.
   *
   * @param onHalf runs when half of the time has passed
   * @param onEnd runs when all of it has passed
   * @param then what is to be run afterwards
   */
  DrainTimer(EventLoop loop, Duration timeout, Runnable onHalf, Runnable onEnd, Runnable then) {
    this.end = loop.schedule(timeout, onEnd);
    this.half = loop.schedule(timeout.dividedBy(2), onHalf);
    this.then = then;
  }

  void stop() {
    end.cancel();
    half.cancel();
  }

  Runnable then() {
    return then;
  }
}

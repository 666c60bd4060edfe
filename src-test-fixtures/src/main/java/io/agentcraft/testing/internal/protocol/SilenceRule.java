package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.time.Loop;
import java.time.Duration;
import java.util.function.Consumer;

/** Pings a client that sent nothing for a while, and then again after every further while. */
final class SilenceRule {

  private final Loop loop;
  private final Duration interval;
  private final Consumer<Connection> ping;

  /**
   * Makes the rule.
   *
   * @param interval how long a client may be silent; zero: for ever
   */
  SilenceRule(Loop loop, Duration interval, Consumer<Connection> ping) {
    this.loop = loop;
    this.interval = interval;
    this.ping = ping;
  }

  /** Starts the wait anew. */
  void restart(Connection connection) {
    stop(connection);
    if (!interval.isZero() && connection.closure() == null) {
      connection.silence = loop.schedule(interval, () -> {
        ping.accept(connection);
        restart(connection);
      });
    }
  }

  void stop(Connection connection) {
    Scheduler.Timer timer = connection.silence;
    if (timer != null) {
      timer.cancel();
      connection.silence = null;
    }
  }
}

package io.agentcraft.testing.internal.socket;

import java.time.Duration;

/**
 * How fast bytes leave.
 *
 * @param delay how long each byte waits; with a trickle, how long to wait between two drops; zero for full speed
 * @param drop how many bytes leave at a time; 0 for all that have waited long enough
 */
public record Pace(Duration delay, int drop) {

  static final Pace FULL_SPEED = new Pace(Duration.ZERO, 0);

  boolean isFullSpeed() {
    return delay.isZero();
  }

  boolean isTrickle() {
    return drop > 0;
  }
}

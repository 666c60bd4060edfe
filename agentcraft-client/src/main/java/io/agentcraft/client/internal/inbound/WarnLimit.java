package io.agentcraft.client.internal.inbound;

import java.time.Duration;
import java.util.OptionalLong;

/** Lets one warning a minute through, and counts the others: a broken server must not fill a disk with logs. */
final class WarnLimit {

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

  private boolean used;
  private long last;
  private long leftOut;

  /** Returns how many were left out since the one before; empty if this one is to be left out as well. */
  synchronized OptionalLong admit(long now) {
    if (used && now - last < INTERVAL) {
      leftOut++;
      return OptionalLong.empty();
    }
    used = true;
    last = now;
    long missed = leftOut;
    leftOut = 0;
    return OptionalLong.of(missed);
  }
}

package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.time.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time in the formats that servers send. */
public final class ServerClock {

  // Python's event loop counts from the boot of the machine: the value is small, but not zero.
  private static final double FIRST_READING = 3_600;

  private final Scheduler scheduler;
  private final InstantSource wallClock;
  private final long startNanos;

  public ServerClock(Scheduler scheduler, InstantSource wallClock) {
    this.scheduler = scheduler;
    this.wallClock = wallClock;
    this.startNanos = scheduler.nanoTime();
  }

  public Instant now() {
    return wallClock.instant();
  }

  /** Epoch seconds with a fraction. */
  public WireTime epoch() {
    return WireTime.epoch(now());
  }

  /** ISO text with {@code Z}. */
  public WireTime iso() {
    return WireTime.iso(now().truncatedTo(ChronoUnit.MILLIS));
  }

  /** ISO text without a zone and with microseconds, as {@code datetime.now().isoformat()} on a machine in UTC. */
  public WireTime zoneless() {
    LocalDateTime local =
        LocalDateTime.ofInstant(now(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    return WireTime.ofText(local.toString(), ZoneOffset.UTC);
  }

  /** Seconds of the monotonic clock. */
  public WireTime monotonic() {
    return WireTime.ofSeconds(FIRST_READING + (scheduler.nanoTime() - startNanos) / 1e9);
  }
}

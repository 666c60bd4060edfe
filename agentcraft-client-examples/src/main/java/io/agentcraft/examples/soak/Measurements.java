package io.agentcraft.examples.soak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The three measurements of a run, each taken with all clients connected and nothing going on. */
final class Measurements {

  private final Meter meter = new Meter();
  private final long begin = System.nanoTime();
  private @Nullable Usage start;
  private @Nullable Usage middle;
  private @Nullable Usage end;

  void takeNext() {
    Usage usage = meter.measure();
    if (start == null) {
      start = usage;
    } else {
      middle = usage;
    }
  }

  /** Takes the last one, whichever that is. */
  void takeEnd() {
    if (start != null) {
      end = meter.measure();
    }
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Nullable
  Usage start() {
    return start;
  }

  @Nullable
  Usage middle() {
    return middle;
  }

  @Nullable
  Usage end() {
    return end;
  }

  OpenSockets sockets() {
    return meter.sockets();
  }
}

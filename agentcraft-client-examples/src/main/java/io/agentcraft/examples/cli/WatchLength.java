package io.agentcraft.examples.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How long a server is watched. */
final class WatchLength {

  private WatchLength() {}

  /** Returns the time to watch; {@code null} for until Ctrl-C. */
  static @Nullable Duration of(CommandLine command, @Nullable Integer seconds) {
    if (seconds == null || seconds == 0) {
      return null;
    }
    if (seconds < 0) {
      throw new ParameterException(
          command, "--seconds is " + seconds + ", but a time is 1 or more, or 0 for no end.");
    }
    return Duration.ofSeconds(seconds);
  }
}

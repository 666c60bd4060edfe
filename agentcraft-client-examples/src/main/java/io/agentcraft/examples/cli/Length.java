package io.agentcraft.examples.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a command goes on. */
final class Length {

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long; 0, the default, for until Ctrl-C.")
  private @Nullable Integer seconds;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Returns the time; {@code null} for until Ctrl-C. */
  @Nullable
  Duration orNull() {
    return of(Objects.requireNonNull(command).commandLine(), seconds);
  }

  /** Returns the time that a number of seconds means; {@code null} for until Ctrl-C. */
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

package io.agentcraft.examples.cli;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command listens. */
final class Port {

  private static final int HIGHEST = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 8000 by default, 0 for a free one.")
  private int port = 8_000;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Returns the port, if it can be one. */
  int number() {
    if (port < 0 || port > HIGHEST) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          "--port is " + port + ", but ports go from 0 to " + HIGHEST + ".");
    }
    return port;
  }

  /** Words why nobody can listen there: on this port of an address. */
  String taken(String address, UncheckedIOException why) {
    Throwable cause = why.getCause() == null ? why : why.getCause();
    return "It can't listen on port " + port + " of " + address + ": " + cause.getMessage()
        + ". --port 0 takes a free port.";
  }
}

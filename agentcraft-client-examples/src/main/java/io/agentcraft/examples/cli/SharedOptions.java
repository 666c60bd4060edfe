package io.agentcraft.examples.cli;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that several commands have. */
final class SharedOptions {

  private SharedOptions() {}

  /** How long a command runs. */
  static final class Seconds {

    @Option(
        names = "--seconds",
        paramLabel = "N",
        description = "How long to run; 0, the default, for until Ctrl-C.")
    private @Nullable Integer seconds;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns the time; {@code null} for until Ctrl-C. */
    @Nullable
    Duration orNull() {
      return of(Objects.requireNonNull(command).commandLine(), seconds);
    }

    /** Returns a number of seconds as a duration; {@code null} for until Ctrl-C. */
    static @Nullable Duration of(CommandLine command, @Nullable Integer seconds) {
      if (seconds == null || seconds == 0) {
        return null;
      }
      if (seconds < 0) {
        throw new ParameterException(
            command, "--seconds is " + seconds + ", but must be 1 or more, or 0 for until Ctrl-C.");
      }
      return Duration.ofSeconds(seconds);
    }
  }

  /** The port that a command listens on. */
  static final class Port {

    private static final int HIGHEST = 65_535;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "The port; 8000 by default, 0 for a free one.")
    private int port = 8_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns the port, if it is valid. */
    int number() {
      if (port < 0 || port > HIGHEST) {
        throw new ParameterException(
            Objects.requireNonNull(command).commandLine(),
            "--port is " + port + ", but ports go from 0 to " + HIGHEST + ".");
      }
      return port;
    }

    /** Describes why it is not possible to listen on this port of an address. */
    String taken(String address, UncheckedIOException why) {
      Throwable cause = why.getCause() == null ? why : why.getCause();
      return "Cannot listen on port " + port + " of " + address + ": " + cause.getMessage()
          + ". --port 0 chooses a free port.";
    }
  }

  /** An answer for people, or for programs. */
  static final class Json {

    @Option(names = "--json", description = "Print the server's message as JSON, on one line.")
    private boolean json;

    /** Returns a printer for JSON if it is wanted, otherwise for lines of text. */
    <M extends ServerMessage> BiConsumer<M, PrintWriter> or(Function<M, Stream<String>> lines) {
      return (answer, out) -> {
        if (json) {
          out.println(Text.printableJson(MessageCodec.create().encode(answer)));
          out.flush();
        } else {
          Text.print(out, lines.apply(answer).toArray(String[]::new));
        }
      };
    }
  }
}

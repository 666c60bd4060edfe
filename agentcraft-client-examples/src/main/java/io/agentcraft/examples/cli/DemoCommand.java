package io.agentcraft.examples.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentcraft demo}. */
@Command(
    name = "demo",
    description = {
      "Shows a crew of three agents at work, on a server of its own.",
      "Half-way the server's connections are cut, so that one sees the client come back."
    },
    exitCodeList = {
      "0:all was seen that the crew did; with --url: ended by Ctrl-C, or the time was up",
      "1:something was lost or wrong, it was never connected, or the client gave up",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the end, or nobody reads the output any more"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 3_600;
  private static final int USUAL = 20;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long it runs: 3 to 3600, 20 by default. Below 10 the client waits less"
          + " before it reconnects. With --url: 0, the default, for until Ctrl-C.")
  private @Nullable Integer seconds;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Watch this server instead, for example ws://localhost:8000.")
  private @Nullable String url;

  @Mixin
  private final Credentials credentials = new Credentials();

  @Mixin
  private final ViewOptions view = new ViewOptions();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    String watched = url;
    if (watched != null) {
      Duration time = Length.of(command.commandLine(), seconds);
      return Runs.watch(
          command.commandLine(),
          view,
          Target.client(command.commandLine(), watched, credentials, UnaryOperator.identity()),
          watched,
          time);
    }
    int length = seconds == null ? USUAL : seconds;
    if (length < SHORTEST || length > LONGEST) {
      throw new ParameterException(
          command.commandLine(),
          "--seconds is " + length + ", but the demo takes " + SHORTEST + " to " + LONGEST
              + " seconds.");
    }
    return Runs.demo(command.commandLine(), view, Duration.ofSeconds(length));
  }
}

package io.agentcraft.examples.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code agentcraft watch URL}. */
@Command(
    name = "watch",
    description = "Watches a server, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was connected",
      "1:the client gave up, or never was connected",
      "2:the arguments are wrong"
    })
public final class WatchCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Mixin
  private final Length length = new Length();

  @Mixin
  private final ViewOptions view = new ViewOptions();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    Duration time = length.orNull();
    return Runs.watch(
        command, view, target.client(command, UnaryOperator.identity()), target.url(), time);
  }
}

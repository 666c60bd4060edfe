package io.agentcraft.examples.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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

  @Parameters(paramLabel = "URL", description = "The server, for example ws://localhost:8000.")
  private @Nullable String url;

  @Mixin
  private final Length length = new Length();

  @Mixin
  private final ViewOptions view = new ViewOptions();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    return Runs.watch(command.commandLine(), view, Objects.requireNonNull(url), length.orNull());
  }
}

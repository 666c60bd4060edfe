package io.agentcraft.examples.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentcraft watch URL}. */
@Command(
    name = "watch",
    description = "Watches a server, until Ctrl-C.",
    exitCodeList = {
      "0:ended by Ctrl-C, or the time was up",
      "1:it was never connected, or the client gave up",
      "2:the arguments are wrong"
    })
public final class WatchCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Mixin
  private final Length length = new Length();

  @Mixin
  private final ViewOptions view = new ViewOptions();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    Duration time = length.orNull();
    return Runs.watch(command, view, target.client(), target.url(), time);
  }
}

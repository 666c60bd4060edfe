package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.demo.DemoRun;
import io.agentcraft.examples.demo.Outcome;
import io.agentcraft.examples.demo.WatchRun;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.time.ThreadScheduler;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs what a command asks for, between opening the screen and giving it back. */
final class Runs {

  private static final Duration LOOK = Duration.ofMillis(500);

  private Runs() {}

  static int demo(CommandLine command, ViewOptions options, Duration length) {
    return run(
        command,
        options,
        (scheduler, views, ending) -> new DemoRun(length, scheduler, views, ending).run());
  }

  static int watch(
      CommandLine command,
      ViewOptions options,
      AgentCraftClient client,
      String url,
      @Nullable Duration length) {
    return run(
        command,
        options,
        (scheduler, views, ending) ->
            new WatchRun(client, url, length, scheduler, views, ending).run());
  }

  private static int run(CommandLine command, ViewOptions options, Body body) {
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    Consumer<String> onSignal = signal -> ending.complete(new Ending.Interrupted(signal));
    PrintWriter out = command.getOut();
    Outcome outcome;
    Interrupts interrupts = new Interrupts(onSignal);
    try (ThreadScheduler scheduler = new ThreadScheduler(
        "agentcraft-demo", failure -> ending.complete(new Ending.Broken(failure)))) {
      List<View> views = options.open(out, scheduler, onSignal);
      endWithReader(scheduler, onSignal);
      try {
        outcome = body.run(scheduler, views, ending);
      } finally {
        views.forEach(View::close);
      }
    } finally {
      interrupts.close();
    }
    outcome.lines().forEach(out::println);
    out.flush();
    return outcome.exitCode();
  }

  /** Ends a run whose output nobody reads any more, as {@code head} does when it has seen enough. */
  private static void endWithReader(ThreadScheduler scheduler, Consumer<String> onSignal) {
    if (System.out.checkError()) {
      onSignal.accept("PIPE");
    } else {
      var unused = scheduler.schedule(LOOK, () -> endWithReader(scheduler, onSignal));
    }
  }

  @FunctionalInterface
  private interface Body {
    Outcome run(ThreadScheduler scheduler, List<View> views, CompletableFuture<Ending> ending);
  }
}

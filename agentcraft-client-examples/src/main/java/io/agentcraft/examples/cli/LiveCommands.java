package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.cli.CommandRun.Interrupts;
import io.agentcraft.examples.dashboard.JsonView;
import io.agentcraft.examples.dashboard.PlainView;
import io.agentcraft.examples.dashboard.SvgView;
import io.agentcraft.examples.dashboard.TerminalView;
import io.agentcraft.examples.dashboard.Terminals;
import io.agentcraft.examples.dashboard.Theme;
import io.agentcraft.examples.demo.DemoRun;
import io.agentcraft.examples.demo.Verdict;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.LiveRun;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.live.ThreadScheduler;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands {@code demo} and {@code watch}, which show what a client receives, live. */
final class LiveCommands {

  private LiveCommands() {}

  /** {@code agentcraft demo}. */
  @Command(
      name = "demo",
      description = {
        "Shows a crew of three agents at work, on a server in this process.",
        "Half-way the server cuts the connections, to show how the client reconnects."
      },
      exitCodeList = {
        "0:everything that the crew did was received; with --url: ended by Ctrl-C, or the time"
            + " was up",
        "1:something was lost or wrong, it was never connected, or the client gave up",
        "2:the arguments are wrong",
        "130:ended by Ctrl-C before the end, or the reader of the output closed the pipe"
      })
  static final class Demo extends LiveCommand {

    private static final int MIN = 3;
    private static final int MAX = 3_600;
    private static final int DEFAULT = 20;

    @Option(
        names = "--seconds",
        paramLabel = "N",
        description = "How long to run: 3 to 3600, 20 by default. Below 10 the client waits less"
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
    private final Network network = new Network();

    @Override
    public Integer call() {
      String watched = url;
      if (watched != null) {
        Duration time = SharedOptions.Seconds.of(command(), seconds);
        return watch(
            Target.client(command(), watched, credentials, network, UnaryOperator.identity()),
            watched,
            time);
      }
      int length = seconds == null ? DEFAULT : seconds;
      if (length < MIN || length > MAX) {
        throw new ParameterException(
            command(),
            "--seconds is " + length + ", but the demo takes " + MIN + " to " + MAX + " seconds.");
      }
      return run((scheduler, views, ending) ->
          new DemoRun(Duration.ofSeconds(length), scheduler, views, ending).run());
    }
  }

  /** {@code agentcraft watch URL}. */
  @Command(
      name = "watch",
      description = "Watches a server, until Ctrl-C.",
      exitCodeList = {
        "0:ended by Ctrl-C, or the time was up",
        "1:it was never connected, or the client gave up",
        "2:the arguments are wrong"
      })
  static final class Watch extends LiveCommand {

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final SharedOptions.Seconds seconds = new SharedOptions.Seconds();

    @Option(
        names = "--json",
        description = "Print one JSON object per change, and the summary on standard error.")
    private boolean json;

    @Override
    public Integer call() {
      Duration time = seconds.orNull();
      return watch(target.client(), target.url(), time);
    }

    @Override
    boolean isJson() {
      return json;
    }
  }

  /** What both commands have: the views, and how a run starts and ends. */
  private abstract static class LiveCommand implements Callable<Integer> {

    /** Read by {@code logback.xml} before the first line is logged. */
    private static final String LOG_LEVEL = "agentcraft.log.level";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    @Option(
        names = "--plain",
        description = "Print plain lines instead of the dashboard, as when the output is not a"
            + " terminal.")
    private boolean plain;

    @Option(
        names = "--svg",
        hidden = true,
        paramLabel = "FILE",
        description = "Write one frame, some moments after the reconnect, as a picture.")
    private @Nullable Path svg;

    @Spec
    private @Nullable CommandSpec spec;

    CommandLine command() {
      return Objects.requireNonNull(spec).commandLine();
    }

    /** Returns whether to print JSON instead of lines for people. */
    boolean isJson() {
      return false;
    }

    int watch(AgentCraftClient client, String url, @Nullable Duration length) {
      return run((scheduler, views, ending) -> {
        LiveRun live = new LiveRun(
            "AgentCraft",
            url,
            client,
            scheduler,
            views,
            length,
            frame -> length != null && frame.elapsed().compareTo(length) >= 0
                ? new Ending.TimeUp()
                : null,
            ending);
        try (client) {
          var unused = live.start();
          Ending end = ending.join();
          Frame last = live.frame();
          views.forEach(View::close);
          return Verdict.ofWatch(end, last);
        }
      });
    }

    /** Runs the body between opening the views and closing them, and prints the verdict. */
    int run(Body body) {
      CompletableFuture<Ending> ending = new CompletableFuture<>();
      Consumer<String> onSignal = signal -> ending.complete(new Ending.Interrupted(signal));
      PrintWriter out = command().getOut();
      Verdict verdict;
      Interrupts interrupts = new Interrupts(onSignal);
      try (ThreadScheduler scheduler = new ThreadScheduler(
          "agentcraft-live", failure -> ending.complete(new Ending.Broken(failure)))) {
        List<View> views = openViews(out, scheduler, onSignal);
        endWithReader(scheduler, onSignal);
        try {
          verdict = body.run(scheduler, views, ending);
        } finally {
          views.forEach(View::close);
        }
      } finally {
        interrupts.close();
      }
      Text.print(isJson() ? command().getErr() : out, verdict.lines().toArray(String[]::new));
      return verdict.exitCode();
    }

    /** Opens the views. They own the terminal, if there is one. */
    private List<View> openViews(
        PrintWriter out, Scheduler scheduler, Consumer<String> onInterrupt) {
      List<View> views = new ArrayList<>();
      Optional<Terminal> terminal = plain || isJson() ? Optional.empty() : Terminals.open();
      if (isJson()) {
        views.add(new JsonView(out, scheduler));
      } else if (terminal.isPresent()) {
        // A log line would break the dashboard.
        System.setProperty(LOG_LEVEL, "OFF");
        Theme theme = Theme.of(noColour(), terminal.get().encoding());
        views.add(new TerminalView(terminal.get(), theme, onInterrupt));
      } else {
        views.add(new PlainView(out, scheduler, PlainView.Width.ofStandardOutput()));
      }
      if (svg != null) {
        views.add(new SvgView(svg));
      }
      return views;
    }

    /** Ends a run when the reader of its output, such as {@code head}, has closed the pipe. */
    private static void endWithReader(ThreadScheduler scheduler, Consumer<String> onSignal) {
      if (System.out.checkError()) {
        onSignal.accept("PIPE");
      } else {
        var unused = scheduler.schedule(POLL_INTERVAL, () -> endWithReader(scheduler, onSignal));
      }
    }

    /** See no-color.org: set and not empty. */
    private static boolean noColour() {
      String value = System.getenv("NO_COLOR");
      return value != null && !value.isEmpty();
    }
  }

  @FunctionalInterface
  private interface Body {

    Verdict run(Scheduler scheduler, List<View> views, CompletableFuture<Ending> ending);
  }
}

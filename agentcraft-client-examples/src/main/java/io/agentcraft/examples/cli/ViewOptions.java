package io.agentcraft.examples.cli;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.dashboard.LineFit;
import io.agentcraft.examples.dashboard.Look;
import io.agentcraft.examples.dashboard.SvgView;
import io.agentcraft.examples.dashboard.TerminalView;
import io.agentcraft.examples.dashboard.Terminals;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.plain.PlainView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is shown. */
final class ViewOptions {

  /** Read by {@code logback.xml} before the first line is logged. */
  private static final String LOG_LEVEL = "agentcraft.log.level";

  @Option(
      names = "--plain",
      description = "Print plain lines instead of the dashboard. So it is anyway when the output"
          + " is no terminal.")
  private boolean plain;

  @Option(
      names = "--svg",
      hidden = true,
      paramLabel = "FILE",
      description = "Write one frame, some moments after the reconnect, as a picture.")
  private @Nullable Path svg;

  /** Opens what the run is shown on. The views own the terminal, if there is one. */
  List<View> open(PrintWriter out, Scheduler scheduler, Consumer<String> onInterrupt) {
    List<View> views = new ArrayList<>();
    Optional<Terminal> terminal = plain ? Optional.empty() : Terminals.open();
    if (terminal.isPresent()) {
      // A log line would tear the dashboard.
      System.setProperty(LOG_LEVEL, "OFF");
      Look look = Look.of(noColour(), terminal.get().encoding());
      views.add(new TerminalView(terminal.get(), look, onInterrupt));
    } else {
      views.add(new PlainView(out, scheduler, LineFit.toStandardOutput()));
    }
    if (svg != null) {
      views.add(new SvgView(svg));
    }
    return views;
  }

  /** See no-color.org: set and not empty. */
  private static boolean noColour() {
    String value = System.getenv("NO_COLOR");
    return value != null && !value.isEmpty();
  }
}

package io.agentcraft.examples.cli;

import io.agentcraft.examples.dashboard.Terminals;
import java.util.function.IntFunction;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Progress on a terminal: one line that is written anew each time, never longer than the window is wide. */
final class RewrittenLine extends ProgressLine {

  private final Terminal terminal;
  private String shown = "";
  private boolean ended;

  RewrittenLine(Terminal terminal) {
    this.terminal = terminal;
  }

  static boolean isPossibleOn(Terminal terminal) {
    boolean possible = terminal.getStringCapability(Capability.carriage_return) != null
        && terminal.getStringCapability(Capability.clr_eol) != null;
    if (!possible) {
      Terminals.close(terminal);
    }
    return possible;
  }

  @Override
  synchronized void showFitting(IntFunction<String> line) {
    // The last column stays free: some terminals begin a new line as soon as it is written to.
    String text = line.apply(Math.max(1, Terminals.columns(terminal) - 1));
    if (!ended && !text.equals(shown)) {
      terminal.puts(Capability.carriage_return);
      terminal.writer().print(text);
      terminal.puts(Capability.clr_eol);
      terminal.flush();
      shown = text;
    }
  }

  @Override
  synchronized void aside(Runnable printing) {
    if (!shown.isEmpty()) {
      terminal.puts(Capability.carriage_return);
      terminal.puts(Capability.clr_eol);
      terminal.flush();
      shown = "";
    }
    printing.run();
  }

  @Override
  synchronized void end() {
    if (!shown.isEmpty()) {
      terminal.writer().println();
      terminal.flush();
      shown = "";
    }
    ended = true;
  }

  @Override
  public void close() {
    end();
    Terminals.close(terminal);
  }
}

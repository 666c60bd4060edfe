package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The dashboard on the alternate screen of a terminal, which shows its former content again afterwards. */
public final class TerminalView implements View {

  private final Terminal terminal;
  private final Theme theme;
  private final Display display;
  private final Attributes before;
  private Size size;
  private boolean closed;

  /**
   * Takes over a terminal.
   *
   * @param terminal the terminal; closed with this view
   * @param theme the colours and characters
   * @param onInterrupt called on Ctrl-C with the signal's name
   */
  public TerminalView(Terminal terminal, Theme theme, Consumer<String> onInterrupt) {
    this.terminal = terminal;
    this.theme = theme;
    this.display = new Display(terminal, true);
    this.before = terminal.getAttributes();
    terminal.setAttributes(withoutEcho(before));
    terminal.handle(Signal.INT, signal -> onInterrupt.accept(signal.name()));
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    this.size = Terminals.size(terminal);
    display.resize(size);
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    // Everything shown is in the frames.
  }

  @Override
  public synchronized void show(Frame frame) {
    if (closed) {
      return;
    }
    Size now = Terminals.size(terminal);
    if (!now.equals(size)) {
      size = now;
      display.resize(now);
      display.clear();
    }
    display.update(
        DashboardRenderer.render(frame, theme, size.getColumns(), size.getRows()), -1, true);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Some terminals keep parts of the alternate screen after a resize.
    terminal.puts(Capability.clear_screen);
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.setAttributes(before);
    terminal.flush();
    Terminals.close(terminal);
  }

  /** Input is not echoed, but Ctrl-C still interrupts. */
  private static Attributes withoutEcho(Attributes attributes) {
    Attributes quiet = new Attributes(attributes);
    quiet.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON), false);
    quiet.setLocalFlag(LocalFlag.ISIG, true);
    return quiet;
  }
}

package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.View;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The dashboard on a terminal's second screen, so that what was on the first is there again afterwards. */
public final class TerminalView implements View {

  private final Terminal terminal;
  private final Look look;
  private final Display display;
  private final Attributes before;
  private Size size;
  private boolean closed;

  /**
   * Takes the terminal over.
   *
   * @param terminal the terminal; closed with this view
   * @param look how to draw
   * @param onInterrupt called on Ctrl-C with the signal's name
   */
  public TerminalView(Terminal terminal, Look look, Consumer<String> onInterrupt) {
    this.terminal = terminal;
    this.look = look;
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
    // A frame holds all that is shown.
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
        DashboardRenderer.render(frame, look, size.getColumns(), size.getRows()), -1, true);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Some terminals keep parts of the second screen after a resize.
    terminal.puts(Capability.clear_screen);
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.setAttributes(before);
    terminal.flush();
    Terminals.close(terminal);
  }

  /** What is typed does not show, but Ctrl-C still interrupts. */
  private static Attributes withoutEcho(Attributes attributes) {
    Attributes quiet = new Attributes(attributes);
    quiet.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON), false);
    quiet.setLocalFlag(LocalFlag.ISIG, true);
    return quiet;
  }
}

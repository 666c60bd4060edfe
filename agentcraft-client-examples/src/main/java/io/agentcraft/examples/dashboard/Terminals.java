package io.agentcraft.examples.dashboard;

import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/** Finds a terminal that a dashboard can be drawn on. */
public final class Terminals {

  private Terminals() {}

  /**
   * Opens the terminal that standard output is connected to.
   *
   * @return the terminal; empty if standard output is a file or a pipe, or a terminal that cannot move its cursor
   */
  public static Optional<Terminal> open() {
    try {
      Terminal terminal = TerminalBuilder.builder()
          .name("agentcraft")
          .system(true)
          .systemOutput(SystemOutput.SysOut)
          .dumb(true)
          .build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(terminal);
    } catch (IOException | IllegalStateException none) {
      return Optional.empty();
    }
  }
}

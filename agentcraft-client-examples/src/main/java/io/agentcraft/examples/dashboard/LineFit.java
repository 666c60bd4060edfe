package io.agentcraft.examples.dashboard;

import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Cuts lines to the width that the terminal has now. In a file or a pipe they stay whole. */
public final class LineFit implements AutoCloseable {

  private final @Nullable Terminal terminal;

  LineFit(@Nullable Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Fits lines to standard output, which is left as it is.
   *
   * @return the fit; closed by the caller
   */
  public static LineFit toStandardOutput() {
    return new LineFit(Terminals.openForLines().orElse(null));
  }

  /**
   * Leaves lines as they are.
   *
   * @return a fit that cuts nothing
   */
  public static LineFit none() {
    return new LineFit(null);
  }

  /**
   * Fits a line.
   *
   * @param line text without a line end
   * @return the line, or as much of it as the terminal is wide
   */
  public String fit(String line) {
    return terminal == null
        ? line
        : Cells.cut(
            line,
            Terminals.columns(terminal),
            Look.of(true, terminal.encoding()).ellipsis());
  }

  /** Gives the terminal back. */
  @Override
  public void close() {
    if (terminal != null) {
      Terminals.close(terminal);
    }
  }
}

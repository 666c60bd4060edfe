package io.agentcraft.examples;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code agentcraft} command line. */
@Command(
    name = "agentcraft",
    description = "Watches AgentCraft sessions.",
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {

  private Main() {}

  /**
   * Runs the command line and exits with its code.
   *
   * @param args the arguments, as typed
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
      io.agentcraft.testing.ReferenceServer.start().close();
      System.out.println(terminal.getType() + " " + io.agentcraft.client.Placeholder.touch());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

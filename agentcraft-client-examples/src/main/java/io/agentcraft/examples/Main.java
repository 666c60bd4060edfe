package io.agentcraft.examples;

import io.agentcraft.examples.cli.CheckCommand;
import io.agentcraft.examples.cli.DemoCommand;
import io.agentcraft.examples.cli.PublishCommand;
import io.agentcraft.examples.cli.RecordCommand;
import io.agentcraft.examples.cli.ReplayCommand;
import io.agentcraft.examples.cli.ServeCommand;
import io.agentcraft.examples.cli.SessionsCommand;
import io.agentcraft.examples.cli.SoakCommand;
import io.agentcraft.examples.cli.StateCommand;
import io.agentcraft.examples.cli.TailCommand;
import io.agentcraft.examples.cli.Version;
import io.agentcraft.examples.cli.WatchCommand;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code agentcraft} command line. */
@Command(
    name = "agentcraft",
    description =
        "Watches, asks and checks AgentCraft servers, publishes for agents, records, replays, serves.",
    subcommands = {
      DemoCommand.class,
      WatchCommand.class,
      PublishCommand.class,
      CheckCommand.class,
      ServeCommand.class,
      SoakCommand.class,
      TailCommand.class,
      SessionsCommand.class,
      StateCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
public final class Main implements Callable<Integer> {

  /** The parent of all loggers of {@code java.util.logging}; held here, or else its level may be forgotten. */
  private static final Logger JAVA_LOGGING = Logger.getLogger("");

  @Spec
  private @Nullable CommandSpec spec;

  private Main() {}

  /**
   * Runs the command line and exits with its code.
   *
   * @param args the arguments, as typed
   */
  public static void main(String[] args) {
    // The reference server's web server logs each connection there.
    JAVA_LOGGING.setLevel(Level.OFF);
    System.exit(commandLine().execute(args));
  }

  /**
   * Makes the command line.
   *
   * @return a new one, to execute with arguments
   */
  public static CommandLine commandLine() {
    CommandLine all = new CommandLine(new Main());
    withStandards(all.getCommandSpec());
    all.getSubcommands().values().forEach(command -> withStandards(command.getCommandSpec()));
    return all.setParameterExceptionHandler(Main::wrongArguments);
  }

  /** What each command has. */
  private static void withStandards(CommandSpec command) {
    if (!command.helpCommand()) {
      command.mixinStandardHelpOptions(true).versionProvider(new Version());
    }
    if (!command.usageMessage().exitCodeList().isEmpty()) {
      command.usageMessage().exitCodeListHeading("%nExit codes:%n");
    }
  }

  /** The whole usage would bury what is wrong. */
  private static int wrongArguments(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String unknown = unknownCommand(wrong);
    if (unknown != null) {
      err.println("There is no command " + unknown + ". There are "
          + String.join(", ", command.getSubcommands().keySet()) + ".");
    } else {
      err.println(wrong.getMessage());
      var unused = UnmatchedArgumentException.printSuggestions(wrong, err);
    }
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Picocli calls it an unmatched argument, and finds likeness where there is none. */
  private static @Nullable String unknownCommand(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException arguments
        && wrong.getCommandLine().getParent() == null
        && !arguments.getUnmatched().isEmpty()
        && !arguments.getUnmatched().get(0).startsWith("-")) {
      return arguments.getUnmatched().get(0);
    }
    return null;
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    command.getErr().println("Try: agentcraft demo");
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}

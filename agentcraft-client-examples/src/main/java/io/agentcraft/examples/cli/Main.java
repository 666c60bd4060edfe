package io.agentcraft.examples.cli;

import io.agentcraft.examples.live.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code agentcraft} command line. */
@Command(
    name = "agentcraft",
    description = "Watches, queries and checks AgentCraft servers, publishes as an agent, records"
        + " and replays traffic, and runs a server for tests.",
    subcommands = {
      LiveCommands.Demo.class,
      LiveCommands.Watch.class,
      PublishCommand.class,
      CheckCommand.class,
      ServeCommand.class,
      SoakCommand.class,
      TailCommand.class,
      AskCommands.Sessions.class,
      AskCommands.State.class,
      RecordCommand.class,
      ReplayCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
public final class Main implements Callable<Integer> {

  /** The root of all loggers of {@code java.util.logging}, held here so that its level is not garbage collected. */
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
    // The web server of the reference server logs each connection there.
    JAVA_LOGGING.setLevel(Level.OFF);
    System.exit(commandLine().execute(args));
  }

  /**
   * Creates the command line.
   *
   * @return a new one, to execute with arguments
   */
  public static CommandLine commandLine() {
    CommandLine all = new CommandLine(new Main());
    withStandards(all.getCommandSpec());
    all.getSubcommands().values().forEach(command -> withStandards(command.getCommandSpec()));
    return all.setParameterExceptionHandler(Main::wrongArguments)
        .setExecutionExceptionHandler((failure, command, args) ->
            CommandRun.failed(command, "This command failed: " + failure));
  }

  /** Adds what every command has. */
  private static void withStandards(CommandSpec command) {
    if (!command.helpCommand()) {
      command.mixinStandardHelpOptions(true).versionProvider(new Version());
    }
    if (!command.usageMessage().exitCodeList().isEmpty()) {
      command.usageMessage().exitCodeListHeading("%nExit codes:%n");
    }
  }

  /** Prints the error and where to find help. The whole usage would hide the error. */
  private static int wrongArguments(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String unknown = unknownCommand(wrong);
    if (unknown != null) {
      Text.print(
          err,
          "There is no command " + unknown + ". There are "
              + String.join(", ", command.getSubcommands().keySet()) + ".");
    } else {
      Text.print(err, String.valueOf(wrong.getMessage()));
      var unused = UnmatchedArgumentException.printSuggestions(wrong, err);
    }
    Text.print(err, "Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Picocli reports an unmatched argument, and suggests commands that are not similar. */
  private static @Nullable String unknownCommand(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException arguments
        && wrong.getCommandLine().getParent() == null
        && !arguments.getUnmatched().isEmpty()
        && !arguments.getUnmatched().get(0).startsWith("-")) {
      return arguments.getUnmatched().get(0);
    }
    return null;
  }

  /** Without a command, prints which commands there are. */
  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    Text.print(command.getErr(), "Try: agentcraft demo");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The version of the build. */
  private static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      try (InputStream in = Main.class.getResourceAsStream("/agentcraft.properties")) {
        Properties properties = new Properties();
        if (in != null) {
          properties.load(in);
        }
        return new String[] {"agentcraft " + properties.getProperty("version", "(unknown version)")
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs a command that lasts until Ctrl-C, until its time is up, until it is finished, or until its client gives up. */
final class CommandRun implements AutoCloseable {

  /** The exit code that shells use for a command that Ctrl-C kept from finishing. */
  static final int INTERRUPTED = 130;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final Interrupts interrupts =
      new Interrupts(signal -> ending.complete(new Ending.Interrupted(signal)));
  private final PrintWriter err;
  private final Consumer<Runnable> aside;
  private @Nullable AgentCraftClient client;
  private volatile boolean wasConnected;

  CommandRun(CommandLine command) {
    this(command, Runnable::run);
  }

  /** Prints its messages without breaking a progress line. */
  CommandRun(CommandLine command, ProgressLine progress) {
    this(command, progress::aside);
  }

  private CommandRun(CommandLine command, Consumer<Runnable> aside) {
    this.err = command.getErr();
    this.aside = aside;
  }

  /** Connects a client. Lost connections are reported on standard error; the run ends when the client gives up. */
  CompletableFuture<ConnectionState> connect(AgentCraftClient connecting) {
    client = connecting;
    connecting.onConnectionState(this::stateChanged);
    CompletableFuture<ConnectionState> connected = connecting.connect();
    var unused = connected.whenComplete((state, failure) -> {
      if (failure != null) {
        end(new Ending.GaveUp(describe(failure), null));
      }
    });
    return connected;
  }

  void end(Ending how) {
    ending.complete(how);
  }

  /**
   * Waits for the end.
   *
   * @param length the time after which the run ends; {@code null} for no limit
   * @param poll called several times a second
   */
  Ending await(@Nullable Duration length, Runnable poll) {
    long deadline = System.nanoTime() + (length == null ? 0 : length.toNanos());
    while (true) {
      poll.run();
      if (System.out.checkError()) {
        // The reader, such as head, has closed the pipe.
        return new Ending.Finished();
      }
      try {
        return ending.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        if (length != null && System.nanoTime() - deadline >= 0) {
          return new Ending.TimeUp();
        }
      } catch (InterruptedException | ExecutionException broken) {
        return new Ending.Broken(broken);
      }
    }
  }

  /** Prints what went wrong, if anything, and returns the exit code of a command whose normal end is Ctrl-C. */
  int exitCode(Ending how) {
    if (how instanceof Ending.GaveUp gaveUp) {
      return failed(gaveUp.message());
    } else if (how instanceof Ending.Broken broken) {
      Throwable cause = broken.error().getCause();
      boolean wrapped = broken.error() instanceof CompletionException;
      return failed("This command failed: "
          + (wrapped && cause != null ? cause : broken.error()).getMessage());
    } else if (how instanceof Ending.Finished || client == null || wasConnected) {
      return 0;
    }
    DisconnectCause cause = client.connectionState().cause();
    return failed(
        "It was never connected" + (cause == null ? "." : ": " + Advice.sentences(cause)));
  }

  /** Returns the exit code of a command that has an end of its own, which Ctrl-C prevents. */
  int exitCodeOfTask(Ending how) {
    return how instanceof Ending.Interrupted ? INTERRUPTED : exitCode(how);
  }

  /** Prints a message on standard error. */
  void warn(String message) {
    aside.accept(() -> Text.print(err, message));
  }

  private int failed(String message) {
    warn(message);
    return 1;
  }

  private void stateChanged(ConnectionState state) {
    wasConnected |= state.isConnected();
    aside.accept(() -> printWaiting(state, err));
    if (state.status() == ConnectionStatus.FAILED && state.cause() != null) {
      end(new Ending.GaveUp(gaveUp(state.cause()), null));
    }
  }

  /** Describes an error of the SDK, and what to do about it. */
  static String describe(Throwable failure) {
    Throwable error = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return error instanceof ConnectionFailedException gaveUp
        ? gaveUp(gaveUp.disconnectCause())
        : Advice.inOptions(error.getMessage());
  }

  private static String gaveUp(DisconnectCause cause) {
    return "The client gave up: " + Advice.sentences(cause);
  }

  /** Prints when a client will try to reconnect, if it will. */
  static void printWaiting(ConnectionState state, PrintWriter err) {
    if (state.nextDelay() != null && state.cause() != null) {
      Text.print(
          err,
          String.format(
              Locale.ROOT,
              "waiting     %s; attempt %d in %.1f s",
              Advice.description(state.cause()),
              state.attempt(),
              state.nextDelay().toMillis() / 1000.0));
    }
  }

  /** Prints what went wrong, and returns the exit code for it. */
  static int failed(CommandLine command, String message) {
    Text.print(command.getErr(), message);
    return 1;
  }

  @Override
  public void close() {
    interrupts.close();
  }

  /** Handles SIGINT and SIGTERM, which would otherwise end the process at once. */
  static final class Interrupts implements AutoCloseable {

    private final Map<String, Object> before = new LinkedHashMap<>();

    Interrupts(Consumer<String> onSignal) {
      for (String signal : List.of("INT", "TERM")) {
        Object old = Signals.register(signal, () -> onSignal.accept(signal));
        if (old != null) {
          before.put(signal, old);
        }
      }
    }

    @Override
    public void close() {
      before.forEach(Signals::unregister);
    }
  }
}

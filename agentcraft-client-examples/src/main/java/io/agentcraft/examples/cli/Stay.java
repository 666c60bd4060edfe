package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** How a command that goes on for a while comes to its end: Ctrl-C, the time, or a client that gave up. */
final class Stay implements AutoCloseable {

  /** Of a command that Ctrl-C kept from its end: what a shell takes for "ended by Ctrl-C". */
  static final int INTERRUPTED = 130;

  private static final Duration LOOK = Duration.ofMillis(250);

  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final Interrupts interrupts =
      new Interrupts(signal -> ending.complete(new Ending.Interrupted(signal)));
  private final PrintWriter err;
  private final Consumer<Runnable> aside;
  private @Nullable AgentCraftClient watched;
  private volatile boolean connectedOnce;

  Stay(CommandLine command) {
    this(command, Runnable::run);
  }

  /** Says what it has to say beside a line that is being written. */
  Stay(CommandLine command, ProgressLine progress) {
    this(command, progress::aside);
  }

  private Stay(CommandLine command, Consumer<Runnable> aside) {
    this.err = command.getErr();
    this.aside = aside;
  }

  /** Connects a client, whose losses are told on standard error and whose giving up is the end. */
  CompletableFuture<ConnectionState> connect(AgentCraftClient client) {
    watched = client;
    client.onConnectionState(this::tell);
    CompletableFuture<ConnectionState> connected = client.connect();
    var unused = connected.whenComplete((state, failure) -> {
      if (failure != null) {
        end(new Ending.GaveUp(String.valueOf(failure.getMessage()), null));
      }
    });
    return connected;
  }

  void end(Ending how) {
    ending.complete(how);
  }

  /** Waits for the end; {@code null} for no limit of time. */
  Ending await(@Nullable Duration length, Runnable now) {
    long deadline = System.nanoTime() + (length == null ? 0 : length.toNanos());
    while (true) {
      now.run();
      if (System.out.checkError()) {
        // Whoever read it, head for example, has seen enough.
        return new Ending.Finished();
      }
      try {
        return ending.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException goesOn) {
        if (length != null && System.nanoTime() - deadline >= 0) {
          return new Ending.TimeUp();
        }
      } catch (InterruptedException | ExecutionException broken) {
        return new Ending.Broken(broken);
      }
    }
  }

  /** Returns the exit code of a command that goes on until it is ended, after saying what went wrong, if anything did. */
  int exitCode(Ending how) {
    if (how instanceof Ending.GaveUp gaveUp) {
      return failed(gaveUp.message());
    } else if (how instanceof Ending.Broken broken) {
      Throwable cause = broken.error().getCause();
      boolean wrapped = broken.error() instanceof CompletionException;
      return failed(
          "It broke: " + (wrapped && cause != null ? cause : broken.error()).getMessage());
    } else if (how instanceof Ending.Finished || watched == null || connectedOnce) {
      return 0;
    }
    return failed(neverConnected(watched.connectionState().cause()));
  }

  /** Returns the exit code of a command that has an end of its own, which Ctrl-C kept it from. */
  int exitCodeOfTask(Ending how) {
    return how instanceof Ending.Interrupted ? INTERRUPTED : exitCode(how);
  }

  /** Says something on standard error. */
  void warn(String message) {
    aside.accept(() -> {
      err.println(Text.clean(message));
      err.flush();
    });
  }

  private int failed(String message) {
    warn(message);
    return 1;
  }

  private void tell(ConnectionState state) {
    connectedOnce |= state.isConnected();
    aside.accept(() -> tellWaiting(state, err));
    if (state.status() == ConnectionStatus.FAILED && state.cause() != null) {
      end(new Ending.GaveUp("The client gave up: " + advised(state.cause()), null));
    }
  }

  private static String neverConnected(@Nullable DisconnectCause cause) {
    return "It was never connected" + (cause == null ? "." : ": " + advised(cause));
  }

  /** Words a cause, and what to do about it. */
  static String advised(DisconnectCause cause) {
    return cause.description() + "." + Advice.on(cause).map(" "::concat).orElse("");
  }

  /** Says that a client waits for its next attempt, if it does. */
  static void tellWaiting(ConnectionState state, PrintWriter err) {
    if (state.nextDelay() != null && state.cause() != null) {
      err.printf(
          Locale.ROOT,
          "waiting     %s; attempt %d in %.1f s%n",
          state.cause().description(),
          state.attempt(),
          state.nextDelay().toMillis() / 1000.0);
      err.flush();
    }
  }

  /** Says what went wrong; returns the exit code that stands for it. */
  static int failed(CommandLine command, String message) {
    command.getErr().println(Text.clean(message));
    command.getErr().flush();
    return 1;
  }

  @Override
  public void close() {
    interrupts.close();
  }
}

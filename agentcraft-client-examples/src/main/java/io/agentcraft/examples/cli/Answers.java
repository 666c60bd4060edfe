package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine;

/** Connects, asks once, prints the answer. */
final class Answers {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Answers() {}

  static <A> int print(
      CommandLine command,
      AgentCraftClient client,
      Function<ConnectionState, CompletableFuture<A>> question,
      BiConsumer<A, PrintWriter> printer) {
    try (Stay stay = new Stay(command)) {
      var unused = stay.connect(client)
          .thenCompose(question)
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .whenComplete((answer, failure) -> {
            if (failure == null) {
              stay.end(printed(command, answer, printer));
            } else {
              stay.end(new Ending.GaveUp(words(failure, client), null));
            }
          });
      return stay.exitCodeOfTask(stay.await(null, () -> {}));
    }
  }

  private static <A> Ending printed(
      CommandLine command, A answer, BiConsumer<A, PrintWriter> printer) {
    try {
      printer.accept(answer, command.getOut());
      command.getOut().flush();
      return new Ending.Finished();
    } catch (RuntimeException broken) {
      return new Ending.Broken(broken);
    }
  }

  private static String words(Throwable failure, AgentCraftClient client) {
    DisconnectCause why = client.connectionState().cause();
    if (failure instanceof TimeoutException && why != null) {
      return "No connection within " + PATIENCE.toSeconds() + " s: " + Stay.advised(why);
    }
    Throwable cause = failure.getCause() != null && failure instanceof CompletionException
        ? failure.getCause()
        : failure;
    return cause.getMessage() != null
        ? cause.getMessage()
        : "No answer came within " + PATIENCE.toSeconds() + " s.";
  }
}

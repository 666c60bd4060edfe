package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.examples.live.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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
              printer.accept(answer, command.getOut());
              command.getOut().flush();
              stay.end(new Ending.Finished());
            } else {
              stay.end(new Ending.GaveUp(words(failure), null));
            }
          });
      return stay.exitCode(stay.await(null, () -> {}));
    }
  }

  private static String words(Throwable failure) {
    Throwable cause = failure.getCause() != null && failure instanceof CompletionException
        ? failure.getCause()
        : failure;
    return cause.getMessage() != null
        ? cause.getMessage()
        : "No answer came within " + PATIENCE.toSeconds() + " s.";
  }
}

package io.agentcraft.examples.publish;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** Publishes updates one after the other, and prints what became of each. */
public final class ReceiptPrinter {

  private final AgentCraftClient client;
  private final UnaryOperator<String> inOptions;
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean allDelivered = true;

  /**
   * Makes a printer.
   *
   * @param client publishes
   * @param inOptions puts the SDK's advice into the words of the command line
   * @param out gets a line for each update that was delivered
   * @param err gets a line for each that was not
   */
  public ReceiptPrinter(
      AgentCraftClient client,
      UnaryOperator<String> inOptions,
      PrintWriter out,
      PrintWriter err) {
    this.client = client;
    this.inOptions = inOptions;
    this.out = out;
    this.err = err;
  }

  /**
   * Publishes an update and waits for its receipt.
   *
   * @param update the update
   */
  public void publish(AgentStatusUpdate update) {
    String what = "%s %s %.0f %% %s"
        .formatted(update.agentId(), update.status(), update.progress(), update.message());
    try {
      PublishReceipt receipt = client
          .agent(update.agentId(), update.agentName())
          .publish(update)
          .toCompletableFuture()
          .join();
      if (receipt instanceof PublishReceipt.Delivered delivered) {
        out.printf(
            "delivered   %s in %d ms: %s%n", delivered.path(), delivered.took().toMillis(), what);
        out.flush();
      } else if (receipt instanceof PublishReceipt.Accepted accepted) {
        notDelivered("accepted    %s in %d ms: %s: it did not come back over the open socket, so it may have"
                .formatted(accepted.path(), accepted.took().toMillis(), what)
            + " gone to another server. " + inOptions.apply("Check the URL, or set httpBaseUrl(…)."));
      } else {
        notDelivered("superseded  " + what);
      }
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      notDelivered(
          "failed      " + what + ": " + inOptions.apply(String.valueOf(cause.getMessage())));
    }
  }

  /**
   * Reports a line of input that is no update.
   *
   * @param message what is wrong with it
   */
  public void notDelivered(String message) {
    allDelivered = false;
    err.println(message);
    err.flush();
  }

  /**
   * Tells whether everything was delivered.
   *
   * @return {@code true} if so
   */
  public boolean allDelivered() {
    return allDelivered;
  }
}

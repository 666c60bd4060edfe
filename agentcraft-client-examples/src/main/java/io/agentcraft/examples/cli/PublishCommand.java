package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code agentcraft publish URL}. */
@Command(
    name = "publish",
    description = {
      "Publishes the status of an agent and prints the receipt.",
      "Without --status it reads standard input: one JSON object per line with the fields of"
          + " agent_status, of which only \"status\" is required. Each update is delivered before"
          + " the next is read.",
      "Without a server an update fails within 15 seconds."
    },
    exitCodeList = {
      "0:all updates were delivered",
      "1:an update was not delivered, or it is unknown whether it reached that server",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the receipt, or before the end of the input"
    })
final class PublishCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Mixin
  private final HttpBase httpBaseUrl = new HttpBase();

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      required = true,
      description = "The agent's name.")
  private @Nullable String name;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The agent's id; by default derived from the name.")
  private @Nullable String id;

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "idle, analyzing, processing, collaborating, completed or error.")
  private @Nullable String status;

  @Option(
      names = "--progress",
      paramLabel = "P",
      description = "The progress in percent; 0 by default, 100 for completed.")
  private @Nullable Double progress;

  @Option(names = "--message", paramLabel = "M", description = "What the agent is doing.")
  private String message = "";

  @Option(
      names = "--transport",
      paramLabel = "T",
      description = "auto, websocket or http; auto by default: HTTP if the server does not relay"
          + " updates sent over the WebSocket.")
  private String transport = "auto";

  @Option(
      names = "--wait",
      description = "Wait for a server that is not there, for as long as it takes.")
  private boolean wait;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine command = target.command();
    String agentName = Objects.requireNonNull(name);
    String agentId = id != null ? id : idOf(agentName);
    AgentStatusUpdate single = status == null ? null : single(agentId, agentName, status);
    PublishTransport chosen = chosenTransport();
    Patience patience = new Patience(wait, chosen, System::nanoTime);
    try (AgentCraftClient client = target.client(options -> {
      httpBaseUrl.addTo(options);
      return options
          .publishTransport(chosen)
          .reconnectPolicy(patience)
          .handshakeTimeout(patience.handshakeTimeout())
          // Each update is awaited: what is left in the end was reported as failed.
          .drainTimeout(Duration.ZERO);
    })) {
      client.onConnectionState(state -> patience.socketChanged(state.isConnected()));
      Receipts receipts = new Receipts(client, patience, command.getOut(), command.getErr());
      if (single != null) {
        receipts.publish(single);
      } else {
        publishLines(receipts, new UpdateReader(agentId, agentName));
      }
      return receipts.allDelivered ? 0 : 1;
    }
  }

  private AgentStatusUpdate single(String agentId, String agentName, String statusText) {
    try {
      AgentStatusUpdate.Builder update = AgentStatusUpdate.builder(agentId, agentName)
          .status(UpdateReader.status(statusText))
          .message(message);
      boolean completed = statusText.toLowerCase(Locale.ROOT).equals("completed");
      return update.progress(progress != null ? progress : completed ? 100 : 0).build();
    } catch (IllegalArgumentException wrong) {
      throw Target.wrong(target.command(), wrong);
    }
  }

  private PublishTransport chosenTransport() {
    return switch (transport.toLowerCase(Locale.ROOT)) {
      case "auto" -> PublishTransport.AUTO;
      case "websocket" -> PublishTransport.WEBSOCKET;
      case "http" -> PublishTransport.HTTP;
      default ->
        throw new ParameterException(
            target.command(), "--transport is " + transport + ". Use auto, websocket or http.");
    };
  }

  private static void publishLines(Receipts receipts, UpdateReader reader)
      throws IOException, InterruptedException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        receipts.publish(reader.read(line));
      } catch (IllegalArgumentException wrong) {
        receipts.notDelivered("line " + number + ": " + wrong.getMessage());
      }
    }
  }

  private static String idOf(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** Publishes updates one after the other, and prints the receipt of each. */
  private static final class Receipts {

    private final AgentCraftClient client;
    private final Patience patience;
    private final PrintWriter out;
    private final PrintWriter err;
    private boolean allDelivered = true;

    Receipts(AgentCraftClient client, Patience patience, PrintWriter out, PrintWriter err) {
      this.client = client;
      this.patience = patience;
      this.out = out;
      this.err = err;
    }

    void publish(AgentStatusUpdate update) throws InterruptedException {
      String what = Text.join(
          update.agentId(),
          update.status().toString(),
          Text.percent(update.progress()),
          update.message());
      patience.begin();
      CompletableFuture<PublishReceipt> ending =
          client.agent(update.agentId(), update.agentName()).publish(update);
      boolean ended = patience.await(
          ending, () -> client.connectionState().isConnected(), line -> Text.print(err, line));
      if (!ended) {
        notDelivered("failed      " + what + ": " + patience.failure());
        return;
      }
      try {
        PublishReceipt receipt = ending.join();
        if (receipt instanceof PublishReceipt.Delivered delivered) {
          Text.print(
              out,
              "delivered   " + delivered.transport() + " in "
                  + delivered.latency().toMillis() + " ms: " + what);
        } else if (receipt instanceof PublishReceipt.Accepted accepted) {
          notDelivered("accepted    " + accepted.transport() + " in "
              + accepted.latency().toMillis() + " ms: "
              + what
              + ": it did not arrive on the open socket, so it may have gone to another server. "
              + "Check the URL, or set --http-base URL.");
        } else {
          notDelivered("superseded  " + what);
        }
      } catch (CompletionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String noServer = patience.failure();
        notDelivered("failed      " + what + ": "
            + (noServer != null ? noServer : Advice.inOptions(cause.getMessage())));
      }
    }

    void notDelivered(String message) {
      allDelivered = false;
      Text.print(err, message);
    }
  }
}

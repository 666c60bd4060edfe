package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.examples.cli.UpdateReader.Update;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
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
      "Without --status, --phase and --output it reads standard input: one JSON object per line"
          + " with the fields of agent_status, of which only \"status\" is required, and with"
          + " session, query, phase and output. Each update is delivered before the next is read.",
      "A session ends with the input, if all its agents have ended: as failed if one of them did.",
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
      names = "--session",
      paramLabel = "ID",
      description = "The session that the agent works in; by default one of its own.")
  private @Nullable String session;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "What the session works on; the agent's name by default.")
  private @Nullable String query;

  @Option(names = "--phase", paramLabel = "P", description = "The phase that the session enters.")
  private @Nullable String phase;

  @Option(
      names = "--output",
      paramLabel = "TEXT",
      description = "Output of the agent, for the session.")
  private @Nullable String output;

  @Option(
      names = "--keep-open",
      description = "Leave the session open, although all its agents have ended. Another command"
          + " with the same --session can go on.")
  private boolean keepOpen;

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
    Update given = new Update(
        id != null ? id : idOf(agentName), agentName, null, session, query, phase, output);
    boolean readsInput = status == null && phase == null && output == null;
    Update single = status == null ? given : given.with(single(given, status));
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
      UpdateSender sender = new UpdateSender(client, patience, command.getOut(), command.getErr());
      if (readsInput) {
        publishLines(sender, new UpdateReader(given));
      } else {
        sender.publish(single);
      }
      if (!keepOpen) {
        sender.endSessions();
      }
      return sender.allDelivered() ? 0 : 1;
    }
  }

  private AgentStatusUpdate single(Update of, String statusText) {
    try {
      AgentStatusUpdate.Builder update = AgentStatusUpdate.builder(of.agentId(), of.agentName())
          .status(UpdateReader.status(statusText))
          .message(message);
      return update
          .progress(progress != null ? progress : UpdateReader.usualProgress(statusText))
          .build();
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

  private static void publishLines(UpdateSender sender, UpdateReader reader)
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
        sender.publish(reader.read(line));
      } catch (IllegalArgumentException wrong) {
        sender.notDelivered("line " + number + ": " + wrong.getMessage());
      }
    }
  }

  private static String idOf(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}

package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.examples.publish.ReceiptPrinter;
import io.agentcraft.examples.publish.UpdateReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentcraft publish URL}. */
@Command(
    name = "publish",
    description = {
      "Publishes what an agent does, and prints the receipt.",
      "Without --status it reads standard input: one JSON object a line with the fields of"
          + " agent_status, of which only \"status\" is needed. Each is delivered before the next"
          + " is read."
    },
    exitCodeList = {
      "0:all was delivered",
      "1:something was not, or it is not known whether it reached that server",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the receipt, or before the end of the input"
    })
public final class PublishCommand implements Callable<Integer> {

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
      description = "The agent's id; made from the name if left out.")
  private @Nullable String id;

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "idle, analyzing, processing, collaborating, completed or error.")
  private @Nullable String status;

  @Option(
      names = "--progress",
      paramLabel = "P",
      description = "How far it is in percent; 0 by default, 100 for completed.")
  private @Nullable Double progress;

  @Option(names = "--message", paramLabel = "M", description = "What it does, in words.")
  private String message = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "auto, socket or http; auto by default.")
  private String path = "auto";

  @Override
  public Integer call() throws IOException {
    CommandLine command = target.command();
    String agentId = id != null ? id : idOf(Objects.requireNonNull(name));
    AgentStatusUpdate single = status == null ? null : single(agentId, status);
    try (AgentCraftClient client = client()) {
      client.onConnectionState(state -> tell(state, command.getErr()));
      ReceiptPrinter printer = new ReceiptPrinter(
          client, Credentials::inOptions, command.getOut(), command.getErr());
      if (single != null) {
        printer.publish(single);
      } else {
        publishLines(printer, new UpdateReader(agentId, Objects.requireNonNull(name)));
      }
      return printer.allDelivered() ? 0 : 1;
    }
  }

  private AgentStatusUpdate single(String agentId, String statusText) {
    try {
      AgentStatusUpdate.Builder update = AgentStatusUpdate.builder(
              agentId, Objects.requireNonNull(name))
          .status(UpdateReader.status(statusText))
          .message(message);
      boolean completed = statusText.toLowerCase(Locale.ROOT).equals("completed");
      return update.progress(progress != null ? progress : completed ? 100 : 0).build();
    } catch (IllegalArgumentException wrong) {
      throw Target.wrong(target.command(), wrong);
    }
  }

  private void tell(ConnectionState state, PrintWriter err) {
    Stay.tellWaiting(state, err);
    if (state.status() == ConnectionStatus.FAILED && publishTransport() == PublishTransport.AUTO) {
      // Which goes on for a minute, and would look like nothing.
      err.println("no socket   trying HTTP");
      err.flush();
    }
  }

  private AgentCraftClient client() {
    return target.client(options -> {
      httpBaseUrl.addTo(options);
      return options.publishTransport(publishTransport());
    });
  }

  private PublishTransport publishTransport() {
    return switch (path.toLowerCase(Locale.ROOT)) {
      case "auto" -> PublishTransport.AUTO;
      case "socket" -> PublishTransport.WEBSOCKET;
      case "http" -> PublishTransport.HTTP;
      default ->
        throw new IllegalArgumentException(
            "--path is " + path + ", but there are auto, socket and http.");
    };
  }

  private static void publishLines(ReceiptPrinter printer, UpdateReader reader) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        printer.publish(reader.read(line));
      } catch (IllegalArgumentException wrong) {
        printer.notDelivered("line " + number + ": " + wrong.getMessage());
      }
    }
  }

  private static String idOf(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}

package io.agentcraft.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentcraft tail URL SESSION}. */
@Command(
    name = "tail",
    description = {
      "Prints the log of a session: the lines so far, then new ones, until Ctrl-C.",
      "Lines that are written while the connection is lost are not requested afterwards."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, or the time was up",
      "1:there is no such session, it was never connected, or the client gave up",
      "2:the arguments are wrong"
    })
final class TailCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "SESSION", description = "The session's id.")
  private @Nullable String session;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Mixin
  private final SharedOptions.Seconds seconds = new SharedOptions.Seconds();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    Duration time = seconds.orNull();
    String wanted = Objects.requireNonNull(session);
    try (AgentCraftClient client = target.client();
        CommandRun run = new CommandRun(command)) {
      client.onLogLine(line -> {
        if (wanted.equals(line.sessionId())) {
          print(command.getOut(), line, run);
        }
      });
      var unused = run.connect(client).thenRun(() -> follow(client, wanted, run));
      return run.exitCode(run.await(time, () -> {}));
    }
  }

  private static void follow(AgentCraftClient client, String session, CommandRun run) {
    CompletableFuture<?> unused = client.getSessionState(session).whenComplete((state, failure) -> {
      if (failure instanceof SessionNotFoundException) {
        run.end(new Ending.GaveUp(
            "There is no session " + session + ". agentcraft sessions URL lists them.", null));
      } else if (failure instanceof RequestTimeoutException) {
        // A server of the documented form does not answer for a session that it does not know.
        run.warn("The server sent no state of session " + session
            + ": it may not know it. agentcraft sessions URL lists those that it knows.");
      }
    });
    // The listener of log lines receives the answer, before the lines of the stream.
    unused = client.getSessionLogs(session).handle((logs, failure) -> {
      client.startLogStreaming(session);
      return null;
    });
  }

  private void print(PrintWriter out, LogLine line, CommandRun run) {
    out.println(json ? Text.printableJson(json(line)) : Text.printable(text(line)));
    if (out.checkError()) {
      // The reader, such as head, has closed the pipe.
      run.end(new Ending.Finished());
    }
  }

  private static String text(LogLine line) {
    return String.format(
        Locale.ROOT,
        "%-24s %-5s %s%s",
        time(line.timestamp()),
        line.level(),
        line.agent() == null ? "" : line.agent() + ": ",
        line.message());
  }

  private static String json(LogLine line) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("session_id", line.sessionId());
    node.put("timestamp", line.timestamp() == null ? null : time(line.timestamp()));
    node.put("level", line.level());
    node.put("agent", line.agent());
    node.put("message", line.message());
    return node.toString();
  }

  /** Returns the instant if the text on the wire is one, otherwise that text. */
  private static String time(@Nullable WireTime time) {
    return time == null ? "-" : time.instant().map(Object::toString).orElse(time.toString());
  }
}

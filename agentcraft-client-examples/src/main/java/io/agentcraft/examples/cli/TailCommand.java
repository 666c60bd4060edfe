package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.examples.live.Ending;
import java.io.PrintWriter;
import java.time.Duration;
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
      "Prints the log of a session: what there is, then what comes, until Ctrl-C.",
      "Lines that come while the connection is lost are not asked for again."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, or the time was up",
      "1:there is no such session, it was never connected, or the client gave up",
      "2:the arguments are wrong"
    })
public final class TailCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "SESSION", description = "The session's id.")
  private @Nullable String session;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Mixin
  private final Length length = new Length();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    Duration time = length.orNull();
    String wanted = Objects.requireNonNull(session);
    try (AgentCraftClient client = target.client();
        Stay stay = new Stay(command)) {
      client.onLogLine(line -> {
        if (wanted.equals(line.sessionId())) {
          print(command.getOut(), line, stay);
        }
      });
      var unused = stay.connect(client).thenRun(() -> follow(client, wanted, stay));
      return stay.exitCode(stay.await(time, () -> {}));
    }
  }

  private static void follow(AgentCraftClient client, String session, Stay stay) {
    CompletableFuture<?> unused = client.getSessionState(session).whenComplete((state, failure) -> {
      if (failure instanceof SessionNotFoundException) {
        stay.end(new Ending.GaveUp(
            "There is no session " + session + ". agentcraft sessions URL lists them.", null));
      } else if (failure instanceof RequestTimeoutException) {
        // So a server of the documented form answers for one that it does not know.
        stay.warn("The server said nothing of session " + session
            + ": it may not know it. agentcraft sessions URL lists those that it knows.");
      }
    });
    // Its answer comes to the listener of log lines, before those of the stream.
    unused = client.getSessionLogs(session).handle((logs, failure) -> {
      client.startLogStreaming(session);
      return null;
    });
  }

  private void print(PrintWriter out, LogLine line, Stay stay) {
    out.println(json ? LogLines.json(line) : LogLines.text(line));
    if (out.checkError()) {
      // Whoever read it, head for example, has seen enough.
      stay.end(new Ending.Finished());
    }
  }
}

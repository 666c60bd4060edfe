package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agentcraft sessions URL}. */
@Command(
    name = "sessions",
    description = "Lists the server's active sessions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the server told them",
      "1:the client gave up, or the server told nothing in time",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the answer"
    })
public final class SessionsCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Option(names = "--json", description = "The server's message, as JSON in one line.")
  private boolean json;

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (AgentCraftClient client = target.client(command, UnaryOperator.identity())) {
      CompletableFuture<ActiveSessions> first = new CompletableFuture<>();
      client.onActiveSessions(first::complete);
      return Answers.print(command, client, connected -> first, this::print);
    }
  }

  private void print(ActiveSessions list, PrintWriter out) {
    if (json) {
      out.println(MessageCodec.create().encode(list));
      return;
    }
    if (list.sessions().isEmpty()) {
      out.println("No session is active.");
    }
    list.sessions().forEach(session -> out.println(line(session)));
  }

  private static String line(SessionSummary session) {
    String phase = session.phase() != null ? session.phase() : session.status();
    return Text.clean(String.format(
        Locale.ROOT,
        "%-28s %-16s %s %s",
        session.sessionId(),
        phase == null ? "-" : phase,
        Text.percent(session.progress()),
        session.query() == null ? "" : session.query()));
  }
}

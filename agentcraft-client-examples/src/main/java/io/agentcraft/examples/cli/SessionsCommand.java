package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentcraft sessions URL}. */
@Command(
    name = "sessions",
    description = "Lists the server's active sessions.",
    exitCodeList = {
      "0:the server told them",
      "1:the client gave up, or the server told nothing in time",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the answer"
    })
public final class SessionsCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Mixin
  private final JsonAnswer form = new JsonAnswer();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    try (AgentCraftClient client = target.client()) {
      CompletableFuture<ActiveSessions> first = new CompletableFuture<>();
      client.onActiveSessions(first::complete);
      return Answers.print(command, client, connected -> first, form.or(SessionsCommand::print));
    }
  }

  private static void print(ActiveSessions list, PrintWriter out) {
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

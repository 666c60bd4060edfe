package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentcraft state URL SESSION}. */
@Command(
    name = "state",
    description = "Prints the state of a session.",
    exitCodeList = {
      "0:the server told it",
      "1:there is no such session, no answer came in time, or the client gave up",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the answer"
    })
public final class StateCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "SESSION", description = "The session's id.")
  private @Nullable String session;

  @Mixin
  private final JsonAnswer form = new JsonAnswer();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    try (AgentCraftClient client = target.client()) {
      return Answers.print(
          command,
          client,
          connected -> client.getSessionState(Objects.requireNonNull(session)),
          form.or(StateCommand::print));
    }
  }

  private static void print(SessionState answer, PrintWriter out) {
    SessionSnapshot state = answer.state();
    out.println(Text.clean("session     " + answer.sessionId()));
    out.println(Text.clean("query       " + state.query()));
    out.println(Text.clean(
        "phase       " + state.currentPhase() + " " + Text.percent(state.overallProgress())));
    for (AgentState agent : state.activeAgents()) {
      out.println(Text.clean(String.format(
          Locale.ROOT,
          "agent       %s %s %s %s",
          agent.agentName(),
          agent.statusText(),
          Text.percent(agent.progress()),
          agent.currentTask() == null ? "" : agent.currentTask())));
    }
  }
}

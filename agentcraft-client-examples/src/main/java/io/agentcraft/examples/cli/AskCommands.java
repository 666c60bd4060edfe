package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands {@code sessions} and {@code state}, which connect, ask once and print the answer. */
final class AskCommands {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private AskCommands() {}

  /** {@code agentcraft sessions URL}. */
  @Command(
      name = "sessions",
      description = "Lists the server's active sessions.",
      exitCodeList = {
        "0:the server sent the list",
        "1:the client gave up, or the list did not come in time",
        "2:the arguments are wrong",
        "130:ended by Ctrl-C before the answer"
      })
  static final class Sessions implements Callable<Integer> {

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final SharedOptions.Json json = new SharedOptions.Json();

    @Override
    public Integer call() {
      try (AgentCraftClient client = target.client()) {
        CompletableFuture<ActiveSessions> first = new CompletableFuture<>();
        client.onActiveSessions(first::complete);
        return ask(target.command(), client, connected -> first, json.or(Sessions::lines));
      }
    }

    private static Stream<String> lines(ActiveSessions list) {
      return list.sessions().isEmpty()
          ? Stream.of("No session is active.")
          : list.sessions().stream().map(Sessions::line);
    }

    private static String line(SessionSummary session) {
      String phase = session.phase() != null ? session.phase() : session.status();
      return String.format(
          Locale.ROOT,
          "%-28s %-16s %s",
          session.sessionId(),
          phase == null ? "-" : phase,
          Text.join(
              Text.percent(session.progress()), session.query() == null ? "" : session.query()));
    }
  }

  /** {@code agentcraft state URL SESSION}. */
  @Command(
      name = "state",
      description = "Prints the state of a session.",
      exitCodeList = {
        "0:the server sent the state",
        "1:there is no such session, no answer came in time, or the client gave up",
        "2:the arguments are wrong",
        "130:ended by Ctrl-C before the answer"
      })
  static final class State implements Callable<Integer> {

    @Mixin
    private final Target target = new Target();

    @Parameters(index = "1", paramLabel = "SESSION", description = "The session's id.")
    private @Nullable String session;

    @Mixin
    private final SharedOptions.Json json = new SharedOptions.Json();

    @Override
    public Integer call() {
      try (AgentCraftClient client = target.client()) {
        return ask(
            target.command(),
            client,
            connected -> client.getSessionState(Objects.requireNonNull(session)),
            json.or(State::lines));
      }
    }

    private static Stream<String> lines(SessionState answer) {
      SessionSnapshot state = answer.state();
      return Stream.of(
              Stream.of(
                  "session     " + answer.sessionId(),
                  "query       " + state.query(),
                  "phase       "
                      + Text.join(state.currentPhase(), Text.percent(state.overallProgress()))),
              state.activeAgents().stream().map(State::line),
              state.crewOutput().stream().map(entry -> "output      " + Text.output(entry)))
          .flatMap(lines -> lines);
    }

    private static String line(AgentState agent) {
      String details = Text.details(agent.details());
      return "agent       "
          + Text.join(
              agent.agentName(),
              agent.statusText(),
              Text.percent(agent.progress()),
              agent.currentTask() == null ? "" : agent.currentTask(),
              details.isEmpty() ? "" : "(" + details + ")");
    }
  }

  private static <A> int ask(
      CommandLine command,
      AgentCraftClient client,
      Function<ConnectionState, CompletableFuture<A>> request,
      BiConsumer<A, PrintWriter> printer) {
    try (CommandRun run = new CommandRun(command)) {
      var unused = run.connect(client)
          .thenCompose(request)
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .whenComplete((answer, failure) -> run.end(
              failure == null
                  ? print(command, answer, printer)
                  : new Ending.GaveUp(describe(failure, client), null)));
      return run.exitCodeOfTask(run.await(null, () -> {}));
    }
  }

  private static <A> Ending print(
      CommandLine command, A answer, BiConsumer<A, PrintWriter> printer) {
    try {
      printer.accept(answer, command.getOut());
      return new Ending.Finished();
    } catch (RuntimeException broken) {
      return new Ending.Broken(broken);
    }
  }

  private static String describe(Throwable failure, AgentCraftClient client) {
    DisconnectCause why = client.connectionState().cause();
    if (failure instanceof TimeoutException && why != null) {
      return "No connection within " + PATIENCE.toSeconds() + " s: " + Advice.sentences(why);
    }
    return failure instanceof TimeoutException
        ? "No answer came within " + PATIENCE.toSeconds() + " s."
        : CommandRun.describe(failure);
  }
}

package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView.Outcome;
import io.agentcraft.examples.dashboard.PlainLines;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.JsonLines;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code agentcraft tail URL SESSION}. */
@Command(
    name = "tail",
    description = {
      "Prints the story of a session, oldest first, each line once: its log so far, then what"
          + " happens, until it ends.",
      "A server keeps the last 50 lines of a log; earlier ones are not printed."
    },
    exitCodeList = {
      "0:the session completed, Ctrl-C, or the time was up",
      "1:there is no such session, it was never connected, or the client gave up",
      "2:the arguments are wrong",
      "3:the session failed",
      "4:the server removed the session before it ended"
    })
final class TailCommand implements Callable<Integer> {

  private static final int FAILED = 3;
  private static final int REMOVED = 4;

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "SESSION", description = "The session's id.")
  private @Nullable String session;

  @Option(names = "--json", description = "Print one JSON object per line, as watch --json does.")
  private boolean json;

  @Option(
      names = "--follow",
      description = "Go on after the end of the session, and wait for one that there is not yet.")
  private boolean follow;

  @Option(
      names = "--wait",
      paramLabel = "N",
      description = "How many seconds to wait for a session that the server does not know: a"
          + " program that publishes one tells of it every 30 s. 35 by default.")
  private int wait = 35;

  @Mixin
  private final SharedOptions.Seconds seconds = new SharedOptions.Seconds();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    if (wait < 0) {
      throw new ParameterException(command, "--wait is " + wait + ", but must be 0 or more.");
    }
    Duration time = seconds.orNull();
    try (AgentCraftClient client = target.client();
        CommandRun run = new CommandRun(command)) {
      Printer printer = new Printer(command.getOut(), run);
      SessionStory story = new SessionStory(
          client, Objects.requireNonNull(session), follow, Duration.ofSeconds(wait), printer);
      story.start();
      var unused = run.connect(client);
      Ending ending = run.await(time, story::poll);
      return ending instanceof Ending.Finished ? printer.exitCode : run.exitCode(ending);
    }
  }

  /** Prints a story up to its end. */
  private final class Printer implements SessionStory.Teller {

    private final PrintWriter out;
    private final CommandRun run;
    private volatile int exitCode;
    private boolean over;

    Printer(PrintWriter out, CommandRun run) {
      this.out = out;
      this.run = run;
    }

    @Override
    public void tell(LogLine line) {
      print(json ? JsonLines.of(Instant.now(), line) : text(line));
    }

    @Override
    public void tell(AgentChange change) {
      tell(json ? List.of(JsonLines.of(Instant.now(), change)) : PlainLines.of(change));
    }

    @Override
    public void tell(SessionChange change) {
      boolean isPhase = change.kind() == SessionChange.Kind.PHASE;
      String phase =
          "session     " + change.now().sessionId() + " " + change.now().displayStatus();
      tell(
          json
              ? List.of(JsonLines.of(Instant.now(), change))
              : isPhase ? List.of(phase) : PlainLines.of(change));
    }

    private void tell(List<String> lines) {
      String now = json
          ? ""
          : String.format(Locale.ROOT, "%-24s ", Instant.now().truncatedTo(ChronoUnit.MILLIS));
      lines.forEach(line -> print(now + line));
    }

    @Override
    public void remark(String text) {
      run.warn(text);
    }

    @Override
    public void end(@Nullable Outcome outcome) {
      over = true;
      exitCode = outcome == null ? REMOVED : outcome == Outcome.FAILED ? FAILED : 0;
      run.end(new Ending.Finished());
    }

    @Override
    public void unknown() {
      over = true;
      run.end(new Ending.GaveUp(
          "There is no session " + session + ". agentcraft sessions URL lists them.", null));
    }

    private void print(String line) {
      if (over) {
        return;
      }
      out.println(json ? line : Text.printable(line));
      if (out.checkError()) {
        // The reader, such as head, has closed the pipe.
        over = true;
        run.end(new Ending.Finished());
      }
    }

    private static String time(@Nullable WireTime time) {
      return time == null
          ? "-"
          : time.instant()
              .map(instant -> instant.truncatedTo(ChronoUnit.MILLIS).toString())
              .orElse(time.toString());
    }

    private static String text(LogLine line) {
      String details = Text.details(line.details());
      return String.format(
          Locale.ROOT,
          "%-24s %-5s %s%s",
          time(line.timestamp()),
          line.level(),
          line.agent() == null ? "" : line.agent() + ": ",
          Text.join(line.message(), details.isEmpty() ? "" : "(" + details + ")"));
    }
  }
}

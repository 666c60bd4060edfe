package io.agentcraft.examples.cli;

import io.agentcraft.examples.check.ReportJson;
import io.agentcraft.testing.conformance.ConformanceCheck;
import io.agentcraft.testing.conformance.ConformanceKit;
import io.agentcraft.testing.conformance.ConformanceReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentcraft check URL}. */
@Command(
    name = "check",
    description = {
      "Checks whether a server keeps to the protocol, and prints a report.",
      "It takes little more than the ping wait; a terminal shows how far it is.",
      "Two checks publish a status, which every client of the server sees:",
      "--skip status-relay --skip status-broadcast leaves them out."
    },
    exitCodeList = {
      "0:no check failed; known deviations of the deployed form count as none",
      "1:a check failed",
      "2:the arguments are wrong",
      "3:there was no connection to check",
      "130:ended by Ctrl-C before the report"
    })
public final class CheckCommand implements Callable<Integer> {

  private static final int NOT_CONFORMANT = 1;
  private static final int NOT_CONNECTED = 3;

  @Mixin
  private final Target target = new Target();

  @Mixin
  private final HttpBase httpBaseUrl = new HttpBase();

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Option(
      names = "--ping-wait",
      paramLabel = "SECONDS",
      description = "How long to wait for the server's ping; 35 by default.")
  private @Nullable Double pingWait;

  @Option(
      names = "--answer-timeout",
      paramLabel = "SECONDS",
      description = "How long an answer may take; 5 by default.")
  private @Nullable Double answerTimeout;

  @Option(names = "--rate-limit", description = "Check the rate limit too: one minute more.")
  private boolean rateLimit;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "A session that the server knows; by default the first that it names.")
  private @Nullable String session;

  @Option(
      names = "--skip",
      paramLabel = "CHECK",
      description = "Leave out a check, by its name in the report. May be given several times.")
  private List<String> skipped = List.of();

  @Override
  public Integer call() {
    CommandLine command = target.command();
    PrintWriter out = command.getOut();
    ConformanceReport report;
    try (ProgressLine progress = ProgressLine.onTerminalOnly()) {
      AtomicInteger done = new AtomicInteger();
      double all = ConformanceCheck.values().length;
      report = kit()
          .run(result -> progress.show(
              done.incrementAndGet() / all, "last: " + result.check().id()));
      progress.clear();
    } catch (IllegalArgumentException wrong) {
      throw Target.wrong(command, wrong);
    }
    out.println(Credentials.inOptions(json ? ReportJson.of(report) : report.text()));
    out.flush();
    if (!report.isConnected()) {
      return NOT_CONNECTED;
    }
    return report.isConformant() ? 0 : NOT_CONFORMANT;
  }

  private ConformanceKit kit() {
    ConformanceKit kit = ConformanceKit.against(target.url());
    if (pingWait != null) {
      kit.pingWait(seconds(pingWait));
    }
    if (answerTimeout != null) {
      kit.answerTimeout(seconds(answerTimeout));
    }
    if (rateLimit) {
      kit.rateLimit();
    }
    if (session != null) {
      kit.session(session);
    }
    target.credentials().addTo(kit);
    httpBaseUrl.addTo(kit);
    skipped.forEach(name -> kit.without(check(name)));
    return kit;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static ConformanceCheck check(String name) {
    return Arrays.stream(ConformanceCheck.values())
        .filter(check -> check.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no check \"" + name
            + "\". The checks are: "
            + Arrays.stream(ConformanceCheck.values())
                .map(ConformanceCheck::id)
                .collect(Collectors.joining(", "))
            + "."));
  }
}

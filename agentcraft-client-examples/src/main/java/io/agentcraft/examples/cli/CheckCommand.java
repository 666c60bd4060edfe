package io.agentcraft.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;
import io.agentcraft.testing.conformance.CheckOutcome;
import io.agentcraft.testing.conformance.CheckResult;
import io.agentcraft.testing.conformance.ConformanceCheck;
import io.agentcraft.testing.conformance.ConformanceKit;
import io.agentcraft.testing.conformance.ConformanceReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
      "Checks whether a server conforms to the protocol, and prints a report.",
      "It takes a little longer than the ping wait; on a terminal it shows its progress.",
      "Two checks publish a status, which every client of the server receives:",
      "--skip status-relay --skip status-broadcast leaves them out."
    },
    exitCodeList = {
      "0:no check failed; known deviations of the deployed form are not failures",
      "1:a check failed",
      "2:the arguments are wrong",
      "3:there was no connection to check",
      "130:ended by Ctrl-C before the report"
    })
final class CheckCommand implements Callable<Integer> {

  private static final int NOT_CONFORMANT = 1;
  private static final int NOT_CONNECTED = 3;
  private static final ObjectMapper MAPPER = new ObjectMapper();

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

  @Option(
      names = "--rate-limit",
      description = "Check the rate limit as well, which takes another minute.")
  private boolean rateLimit;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "A session that the server knows; by default the first that it lists.")
  private @Nullable String session;

  @Option(
      names = "--skip",
      paramLabel = "CHECK",
      description = "Leave out a check, by its name in the report. May be repeated.")
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
    if (json) {
      Advice.inOptions(toJson(report)).lines().map(Text::printableJson).forEach(out::println);
      out.flush();
    } else {
      Text.print(out, Advice.inOptions(report.text()).lines().toArray(String[]::new));
    }
    if (!report.isConnected()) {
      if (target.network().hasProxy()) {
        Text.print(command.getErr(), Advice.PROXIES);
      }
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
    target.network().addTo(kit);
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

  /** Returns JSON on several lines, with names and verdicts in lower case with hyphens. */
  private static String toJson(ConformanceReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("url", report.url());
    json.put("endpoint", report.endpoint());
    json.put("form", report.form() == null ? null : name(report.form()));
    json.put("evidence", report.evidence());
    json.put("connected", report.isConnected());
    json.put("conformant", report.isConformant());
    ArrayNode checks = json.putArray("checks");
    report.results().forEach(result -> write(result, checks.addObject()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("The report could not be written.", bug);
    }
  }

  private static void write(CheckResult result, ObjectNode json) {
    json.put("name", result.check().id());
    json.put("verdict", name(result.verdict()));
    json.put("sentence", result.check().sentence());
    json.put("detail", result.outcome().detail());
    if (result.outcome() instanceof CheckOutcome.Fail fail) {
      json.put("expected", fail.expected());
      json.put("actual", fail.actual());
    } else if (result.outcome() instanceof CheckOutcome.Deviation deviation) {
      json.put("deviation", name(deviation.deviation()));
    }
    json.put("millis", result.took().toMillis());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

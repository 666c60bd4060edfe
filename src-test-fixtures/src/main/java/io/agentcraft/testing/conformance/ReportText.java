package io.agentcraft.testing.conformance;

import java.util.Locale;
import java.util.StringJoiner;

/** Writes a report for people. */
final class ReportText {

  private static final String INDENT = " ".repeat(16);

  private ReportText() {}

  static String of(ConformanceReport report) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("server    " + report.url());
    if (report.endpoint() != null) {
      lines.add("endpoint  " + report.endpoint());
    }
    if (report.form() != null) {
      String form = report.form().name().toLowerCase(Locale.ROOT);
      lines.add("form      " + form + ": " + report.evidence());
    }
    lines.add("");
    // Without a connection, all that the other checks have to say is that there is none.
    report.results().stream()
        .filter(result -> report.isConnected() || result.verdict() == Verdict.FAIL)
        .forEach(result -> add(lines, result));
    return lines.add("").add(summary(report)).toString();
  }

  private static void add(StringJoiner lines, CheckResult result) {
    String detail = result.outcome().detail();
    String verdict = result.verdict().name().replace('_', ' ');
    boolean explained = result.verdict() == Verdict.FAIL;
    lines.add("%-16s%-27s%s"
        .formatted(verdict, result.check().id(), explained ? "" : detail)
        .strip());
    if (explained) {
      lines.add(INDENT + result.check().sentence());
      lines.add(INDENT + detail);
    }
  }

  private static String summary(ConformanceReport report) {
    int failed = report.results(Verdict.FAIL).size();
    return String.format(
        Locale.ROOT,
        "passed %d, failed %d, known deviations %d, not applicable %d: %s",
        report.results(Verdict.PASS).size(),
        failed,
        report.results(Verdict.DEVIATION).size(),
        report.results(Verdict.NOT_APPLICABLE).size(),
        !report.isConnected()
            ? "not connected"
            : report.isConformant() ? "conformant" : "not conformant");
  }
}

package io.agentcraft.testing.conformance;

import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The results of all checks of one server.
 *
 * @param url the server's URL, without query
 * @param endpoint where it answered, up to the client id; null if it did not answer
 * @param form the form of the protocol that the server uses; null if it could not be determined
 * @param evidence what the form was recognized by; empty without a form
 * @param results the results, in the order in which the checks ran
 */
public record ConformanceReport(
    String url,
    @Nullable String endpoint,
    @Nullable WireForm form,
    String evidence,
    List<CheckResult> results) {

  private static final String INDENT = " ".repeat(16);

  /**
   * Creates a report.
   *
   * @param url the server's URL
   * @param endpoint where it answered
   * @param form the form that it uses
   * @param evidence what the form was recognized by
   * @param results the results; copied
   */
  public ConformanceReport {
    results = List.copyOf(results);
  }

  /**
   * Returns whether no check failed. Known deviations and checks that don't apply are not failures.
   *
   * @return {@code true} if the server conforms to one of the forms of the protocol
   */
  public boolean isConformant() {
    return results(Verdict.FAIL).isEmpty();
  }

  /**
   * Returns whether there was a server to check.
   *
   * @return {@code false} if no handshake succeeded
   */
  public boolean isConnected() {
    return endpoint != null;
  }

  /**
   * Returns the results with one verdict.
   *
   * @param verdict the verdict
   * @return the results in order
   */
  public List<CheckResult> results(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).toList();
  }

  /**
   * Returns the report for people to read.
   *
   * @return lines of text, the last one without a line break
   */
  public String text() {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("server    " + onOneLine(url));
    if (endpoint != null) {
      lines.add("endpoint  " + endpoint);
    }
    if (form != null) {
      lines.add("form      " + form.name().toLowerCase(Locale.ROOT) + ": " + evidence);
    }
    lines.add("");
    // Without a connection, the other checks only say that there is none.
    results.stream()
        .filter(result -> isConnected() || result.verdict() == Verdict.FAIL)
        .forEach(result -> add(lines, result));
    return lines.add("").add(summary()).toString();
  }

  private static void add(StringJoiner lines, CheckResult result) {
    String detail = onOneLine(result.outcome().detail());
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

  /** The line breaks of others must not look like lines of the report. */
  private static String onOneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  private String summary() {
    int failed = results(Verdict.FAIL).size();
    return String.format(
        Locale.ROOT,
        "passed %d, failed %d, known deviations %d, not applicable %d: %s",
        results(Verdict.PASS).size(),
        failed,
        results(Verdict.DEVIATION).size(),
        results(Verdict.NOT_APPLICABLE).size(),
        !isConnected() ? "not connected" : isConformant() ? "conformant" : "not conformant");
  }
}

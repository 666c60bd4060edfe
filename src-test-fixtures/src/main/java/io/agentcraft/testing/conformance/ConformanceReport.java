package io.agentcraft.testing.conformance;

import io.agentcraft.testing.WireForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all checks of one server came to.
 *
 * @param url the server's URL, without query
 * @param endpoint where it answered, up to the client id; null if it did not
 * @param form which form of the protocol the server speaks; null if it could not be told
 * @param evidence what the form was told by; empty without a form
 * @param results the results, in the order in which the checks ran
 */
public record ConformanceReport(
    String url,
    @Nullable String endpoint,
    @Nullable WireForm form,
    String evidence,
    List<CheckResult> results) {

  /**
   * Makes a report.
   *
   * @param url the server's URL
   * @param endpoint where it answered
   * @param form which form it speaks
   * @param evidence what the form was told by
   * @param results the results; copied
   */
  public ConformanceReport {
    results = List.copyOf(results);
  }

  /**
   * Tells whether no check failed. Known deviations and checks that don't apply are no failures.
   *
   * @return {@code true} if the server keeps to one of the forms of the protocol
   */
  public boolean isConformant() {
    return results(Verdict.FAIL).isEmpty();
  }

  /**
   * Tells whether there was a server to check.
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
    return ReportText.of(this);
  }
}

package io.agentcraft.testing.conformance;

import java.time.Duration;

/**
 * A check and its outcome.
 *
 * @param check the check
 * @param outcome its outcome
 * @param took how long it took, in real time
 */
public record CheckResult(ConformanceCheck check, CheckOutcome outcome, Duration took) {

  /**
   * Returns the verdict of the outcome.
   *
   * @return the verdict
   */
  public Verdict verdict() {
    return outcome.verdict();
  }
}

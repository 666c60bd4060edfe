package io.agentcraft.testing.conformance;

import java.time.Duration;

/**
 * A check and what came of it.
 *
 * @param check the check
 * @param outcome what came of it
 * @param took how long it took, in real time
 */
public record CheckResult(ConformanceCheck check, CheckOutcome outcome, Duration took) {

  /**
   * Returns the verdict of the outcome.
   *
   * @return which of the four
   */
  public Verdict verdict() {
    return outcome.verdict();
  }
}

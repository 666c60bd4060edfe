package io.agentcraft.testing.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The checks as JUnit tests. In a class of its own, since the kit works without JUnit. */
final class DynamicTests {

  private DynamicTests() {}

  static Stream<DynamicTest> of(CheckRun run, List<ConformanceCheck> checks) {
    return checks.stream()
        .map(check -> DynamicTest.dynamicTest(
            check.id() + ": " + check.sentence(), () -> judge(check, run.run(check))));
  }

  private static void judge(ConformanceCheck check, CheckOutcome outcome) {
    if (outcome instanceof CheckOutcome.Fail fail) {
      Assertions.fail(
          check.id() + ": " + fail.detail() + ". The protocol says: " + check.sentence());
    } else if (outcome instanceof CheckOutcome.NotApplicable notApplicable) {
      Assumptions.abort(check.id() + ": " + notApplicable.why());
    }
  }
}

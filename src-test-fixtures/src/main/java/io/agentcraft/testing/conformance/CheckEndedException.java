package io.agentcraft.testing.conformance;

/** Ends a check with its outcome. */
final class CheckEndedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CheckOutcome outcome;

  private CheckEndedException(CheckOutcome outcome) {
    super(outcome.detail(), null, false, false);
    this.outcome = outcome;
  }

  static CheckEndedException fail(String expected, String actual) {
    return new CheckEndedException(new CheckOutcome.Fail(expected, actual));
  }

  static CheckEndedException notApplicable(String why) {
    return new CheckEndedException(new CheckOutcome.NotApplicable(why));
  }

  CheckOutcome outcome() {
    return outcome;
  }
}

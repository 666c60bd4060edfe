package io.agentcraft.testing.conformance;

/** Ends a check where it stands. */
final class Settled extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CheckOutcome outcome;

  private Settled(CheckOutcome outcome) {
    super(outcome.detail(), null, false, false);
    this.outcome = outcome;
  }

  static Settled fail(String expected, String came) {
    return new Settled(new CheckOutcome.Fail(expected, came));
  }

  static Settled notApplicable(String why) {
    return new Settled(new CheckOutcome.NotApplicable(why));
  }

  CheckOutcome outcome() {
    return outcome;
  }
}

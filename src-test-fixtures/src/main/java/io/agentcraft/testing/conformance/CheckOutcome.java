package io.agentcraft.testing.conformance;

/** The outcome of one check. New permitted types may be added in a minor version: keep a default branch. */
public sealed interface CheckOutcome {

  /**
   * Returns the verdict.
   *
   * @return the verdict
   */
  Verdict verdict();

  /**
   * Returns the details.
   *
   * @return one line; empty if there are none
   */
  String detail();

  /**
   * The server does what the sentence says.
   *
   * @param detail a remark; empty for none
   */
  record Pass(String detail) implements CheckOutcome {
    @Override
    public Verdict verdict() {
      return Verdict.PASS;
    }
  }

  /**
   * The server does something else.
   *
   * @param expected what the protocol requires
   * @param actual what the server did
   */
  record Fail(String expected, String actual) implements CheckOutcome {
    @Override
    public Verdict verdict() {
      return Verdict.FAIL;
    }

    @Override
    public String detail() {
      return "expected " + expected + ", but " + actual;
    }
  }

  /**
   * The server deviates as the deployed form is known to.
   *
   * @param deviation the deviation
   */
  record Deviation(KnownDeviation deviation) implements CheckOutcome {
    @Override
    public Verdict verdict() {
      return Verdict.DEVIATION;
    }

    @Override
    public String detail() {
      return deviation.description();
    }
  }

  /**
   * The check could not be decided, or does not apply.
   *
   * @param why the reason, and what would help
   */
  record NotApplicable(String why) implements CheckOutcome {
    @Override
    public Verdict verdict() {
      return Verdict.NOT_APPLICABLE;
    }

    @Override
    public String detail() {
      return why;
    }
  }
}

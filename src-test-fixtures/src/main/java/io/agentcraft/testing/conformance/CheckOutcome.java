package io.agentcraft.testing.conformance;

/** What came of one check. New permitted types may come in a minor version: keep a default branch. */
public sealed interface CheckOutcome {

  /**
   * Returns the verdict.
   *
   * @return which of the four
   */
  Verdict verdict();

  /**
   * Returns what is to be said about it.
   *
   * @return one line; empty if there is nothing to add
   */
  String detail();

  /**
   * The server does what the sentence says.
   *
   * @param detail what was seen of note; empty for nothing
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
   * @param expected what should have come
   * @param came what came
   */
  record Fail(String expected, String came) implements CheckOutcome {
    @Override
    public Verdict verdict() {
      return Verdict.FAIL;
    }

    @Override
    public String detail() {
      return "expected " + expected + ", but " + came;
    }
  }

  /**
   * The server does what the deployed form is known for.
   *
   * @param deviation which deviation
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
   * It could not be told, or does not apply.
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

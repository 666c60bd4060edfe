package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.protocol.PrintableText;

/**
 * The outcome of one check. New permitted types may be added in a minor version: keep a default branch. What an outcome quotes
 * of a server is one line, with control and bidi characters escaped.
 */
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
    /**
     * Creates the outcome.
     *
     * @param detail a remark; empty for none
     */
    public Pass {
      detail = PrintableText.of(detail);
    }

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
    /**
     * Creates the outcome.
     *
     * @param expected what the protocol requires
     * @param actual what the server did
     */
    public Fail {
      expected = PrintableText.of(expected);
      actual = PrintableText.of(actual);
    }

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
    /**
     * Creates the outcome.
     *
     * @param why the reason, and what would help
     */
    public NotApplicable {
      why = PrintableText.of(why);
    }

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

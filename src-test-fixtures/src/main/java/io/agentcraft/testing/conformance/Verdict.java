package io.agentcraft.testing.conformance;

/** The verdict of a check. */
public enum Verdict {

  /** The server does what the sentence says. */
  PASS,

  /** The server does something else. */
  FAIL,

  /** The server does something else, as the deployed form is known to; clients handle it. */
  DEVIATION,

  /** The check could not be decided, or does not apply to this server. */
  NOT_APPLICABLE
}

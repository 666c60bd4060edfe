package io.agentcraft.testing.conformance;

/** What a check came to. */
public enum Verdict {

  /** The server does what the sentence says. */
  PASS,

  /** The server does something else. */
  FAIL,

  /** The server does something else, which the deployed form is known for and which clients cope with. */
  DEVIATION,

  /** It could not be told, or does not apply to this server. */
  NOT_APPLICABLE
}

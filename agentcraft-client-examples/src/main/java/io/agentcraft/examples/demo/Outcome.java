package io.agentcraft.examples.demo;

import java.util.List;

/**
 * What comes of a run.
 *
 * @param exitCode 0 if all is well
 * @param lines what is printed last
 */
public record Outcome(int exitCode, List<String> lines) {

  /** All is well. */
  public static final int OK = 0;

  /** Something was lost or wrong, or the client gave up. */
  public static final int WRONG = 1;

  /** Ended by Ctrl-C before its end: what a shell says of it, too. */
  public static final int INTERRUPTED = 130;

  public Outcome {
    lines = List.copyOf(lines);
  }
}

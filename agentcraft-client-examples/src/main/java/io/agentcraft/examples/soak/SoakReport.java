package io.agentcraft.examples.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run found out.
 *
 * @param url the server
 * @param plan what was to be done
 * @param lasted from the first to the last measurement
 * @param rounds how many rounds were done
 * @param connected how many clients were connected at the end
 * @param messages how many messages listeners were called with
 * @param reconnects how often a client came back
 * @param errors how many errors were reported, by their class
 * @param strikes how often each fault struck
 * @param start measured after the first round; {@code null} if the run was stopped before
 * @param middle measured half-way; {@code null} if the run was stopped before
 * @param end measured at the end; {@code null} if the run was stopped before the start
 * @param interrupted whether it was stopped from outside
 * @param problem why it ended early; {@code null} if it did not
 * @param sockets what is counted as a socket
 */
public record SoakReport(
    String url,
    SoakPlan plan,
    Duration lasted,
    int rounds,
    long connected,
    long messages,
    long reconnects,
    Map<String, Long> errors,
    Map<String, Integer> strikes,
    @Nullable Usage start,
    @Nullable Usage middle,
    @Nullable Usage end,
    boolean interrupted,
    @Nullable String problem,
    OpenSockets sockets) {

  /**
   * Judges the run.
   *
   * @return the verdict
   */
  public SoakVerdict verdict() {
    return SoakVerdict.of(this);
  }

  /**
   * Writes the report.
   *
   * @return its lines, the verdict's last
   */
  public List<String> lines() {
    return SoakLines.of(this);
  }
}

package io.agentcraft.examples.soak;

/** Told how far a run is, on the run's thread. */
@FunctionalInterface
public interface Progress {

  /**
   * Shows where the run is.
   *
   * @param line one line, without a line end
   */
  void show(String line);
}

package io.agentcraft.client.view;

/** Progress for a bar: what is outside 0 to 100 is passed on as it came, and only views clamp it. */
final class Percent {

  private Percent() {}

  static double clamped(double progress) {
    return Double.isNaN(progress) ? 0 : Math.max(0, Math.min(100, progress));
  }
}

package io.agentcraft.examples.crew;

/**
 * A step that was played.
 *
 * @param step the step
 * @param nanoTime when, by the scheduler's {@code nanoTime()}
 */
public record PerformedStep(CrewStep step, long nanoTime) {}

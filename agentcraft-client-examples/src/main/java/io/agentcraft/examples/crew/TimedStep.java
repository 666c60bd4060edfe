package io.agentcraft.examples.crew;

/**
 * A step and its place in the play.
 *
 * @param at when, as a part of the whole: 0 is the beginning, 1 the end
 * @param step what happens
 */
public record TimedStep(double at, CrewStep step) {}

package io.agentcraft.examples.crew;

/** Where a crew plays. */
public interface CrewStage {

  /**
   * Lets a step happen.
   *
   * @param step the step
   */
  void perform(CrewStep step);

  /**
   * Tells whether somebody watches again after a {@link CrewStep.Cut}.
   *
   * @return {@code true} if the play may go on
   */
  boolean isAudienceBack();
}

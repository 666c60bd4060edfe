package io.agentcraft.examples.crew;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Lets the crew play again and again, for whoever looks on. */
public final class CrewShow {

  private final Scheduler scheduler;
  private final CrewStage stage;
  private final Duration round;
  private final List<TimedStep> script;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  /**
   * Makes the show.
   *
   * @param scheduler where the steps run
   * @param stage where they happen
   * @param round how long one round takes
   */
  public CrewShow(Scheduler scheduler, CrewStage stage, Duration round) {
    this.scheduler = scheduler;
    this.stage = stage;
    this.round = round;
    // Nobody is to be cut off who came to look on, and nobody waited for.
    this.script = CrewScript.steps().stream()
        .filter(timed -> !(timed.step() instanceof CrewStep.Cut)
            && !(timed.step() instanceof CrewStep.AwaitAudience))
        .toList();
  }

  /**
   * Begins the first round.
   *
   * @return fails with what a step threw; never completes else
   */
  public CompletableFuture<Void> start() {
    playRound();
    return failure.copy();
  }

  private void playRound() {
    var unused = new CrewPlayer(scheduler, stage, script, round)
        .play()
        .whenComplete((played, thrown) -> {
          if (thrown == null) {
            playRound();
          } else {
            failure.completeExceptionally(thrown);
          }
        });
  }
}

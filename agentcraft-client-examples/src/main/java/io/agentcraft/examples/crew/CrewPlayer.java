package io.agentcraft.examples.crew;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a script on a stage, step by step, at the pace of a scheduler. */
public final class CrewPlayer {

  /** How long the crew waits for its audience before it goes on without. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Scheduler scheduler;
  private final CrewStage stage;
  private final List<TimedStep> script;
  private final Duration length;
  private final List<PerformedStep> performed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long startedAt;

  /**
   * Makes the player.
   *
   * @param scheduler where the steps run
   * @param stage where they happen
   * @param script the steps in the order of their time
   * @param length how long the whole play takes
   */
  public CrewPlayer(Scheduler scheduler, CrewStage stage, List<TimedStep> script, Duration length) {
    this.scheduler = scheduler;
    this.stage = stage;
    this.script = List.copyOf(script);
    this.length = length;
  }

  /**
   * Begins the play.
   *
   * @return completes at its end; fails with what a step threw
   */
  public CompletableFuture<Void> play() {
    scheduler.execute(() -> {
      startedAt = scheduler.nanoTime();
      scheduleFrom(0);
    });
    return done.copy();
  }

  /**
   * Returns what was played so far.
   *
   * @return the steps in order
   */
  public List<PerformedStep> performed() {
    return List.copyOf(performed);
  }

  private void scheduleFrom(int index) {
    double at = index < script.size() ? script.get(index).at() : 1;
    long due = startedAt + (long) (length.toNanos() * at);
    Duration wait = Duration.ofNanos(Math.max(0, due - scheduler.nanoTime()));
    scheduler.schedule(wait, () -> {
      if (index < script.size()) {
        perform(index);
      } else {
        done.complete(null);
      }
    });
  }

  private void perform(int index) {
    CrewStep step = script.get(index).step();
    if (step instanceof CrewStep.AwaitAudience) {
      awaitAudience(index, scheduler.nanoTime());
      return;
    }
    try {
      stage.perform(step);
    } catch (RuntimeException | Error failure) {
      done.completeExceptionally(failure);
      return;
    }
    performed.add(new PerformedStep(step, scheduler.nanoTime()));
    scheduleFrom(index + 1);
  }

  private void awaitAudience(int index, long since) {
    long waited = scheduler.nanoTime() - since;
    if (stage.isAudienceBack() || waited >= PATIENCE.toNanos()) {
      // The rest of the play moves by as much as was waited.
      startedAt += waited;
      performed.add(new PerformedStep(script.get(index).step(), scheduler.nanoTime()));
      scheduleFrom(index + 1);
      return;
    }
    scheduler.schedule(LOOK_AGAIN, () -> awaitAudience(index, since));
  }
}

package io.agentcraft.examples.demo;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a script on a stage, step by step, at the pace of a scheduler. */
public final class CrewPlayer {

  /** How long the crew waits for the client before it goes on without it. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final Scheduler scheduler;
  private final Stage stage;
  private final List<CrewStep.Timed> script;
  private final Duration length;
  private final List<CrewStep.Performed> performed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long startedAt;

  /** Where a crew plays. */
  public interface Stage {

    /**
     * Performs a step.
     *
     * @param step the step
     */
    void perform(CrewStep step);

    /**
     * Returns whether the client has caught up after a {@link CrewStep.Cut}.
     *
     * @return {@code true} if the crew may go on
     */
    boolean isClientBack();
  }

  /**
   * Creates a player.
   *
   * @param scheduler runs the steps
   * @param stage performs them
   * @param script the steps, in the order of their time
   * @param length how long the whole script takes
   */
  public CrewPlayer(
      Scheduler scheduler, Stage stage, List<CrewStep.Timed> script, Duration length) {
    this.scheduler = scheduler;
    this.stage = stage;
    this.script = List.copyOf(script);
    this.length = length;
  }

  /**
   * Plays the demo's script again and again, without cutting connections or waiting for clients.
   *
   * @param scheduler runs the steps
   * @param stage performs them
   * @param round how long one round takes
   * @return fails with what a step threw; never completes otherwise
   */
  public static CompletableFuture<Void> repeat(Scheduler scheduler, Stage stage, Duration round) {
    List<CrewStep.Timed> script = CrewScript.steps().stream()
        .filter(timed -> !(timed.step() instanceof CrewStep.Cut)
            && !(timed.step() instanceof CrewStep.AwaitClient))
        .toList();
    CompletableFuture<Void> failure = new CompletableFuture<>();
    playRound(scheduler, stage, script, round, failure);
    return failure.copy();
  }

  private static void playRound(
      Scheduler scheduler,
      Stage stage,
      List<CrewStep.Timed> script,
      Duration round,
      CompletableFuture<Void> failure) {
    var unused = new CrewPlayer(scheduler, stage, script, round)
        .play()
        .whenComplete((played, thrown) -> {
          if (thrown == null) {
            playRound(scheduler, stage, script, round, failure);
          } else {
            failure.completeExceptionally(thrown);
          }
        });
  }

  /**
   * Starts to play.
   *
   * @return completes at the end of the script; fails with what a step threw
   */
  public CompletableFuture<Void> play() {
    scheduler.execute(() -> {
      startedAt = scheduler.nanoTime();
      scheduleFrom(0);
    });
    return done.copy();
  }

  /**
   * Returns what was performed so far.
   *
   * @return the steps in order
   */
  public List<CrewStep.Performed> performed() {
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
    if (step instanceof CrewStep.AwaitClient) {
      awaitClient(index, scheduler.nanoTime());
      return;
    }
    try {
      stage.perform(step);
    } catch (RuntimeException | Error failure) {
      done.completeExceptionally(failure);
      return;
    }
    performed.add(new CrewStep.Performed(step, scheduler.nanoTime()));
    scheduleFrom(index + 1);
  }

  private void awaitClient(int index, long since) {
    long waited = scheduler.nanoTime() - since;
    if (stage.isClientBack() || waited >= PATIENCE.toNanos()) {
      // The rest of the script moves by the time waited.
      startedAt += waited;
      performed.add(new CrewStep.Performed(script.get(index).step(), scheduler.nanoTime()));
      scheduleFrom(index + 1);
      return;
    }
    scheduler.schedule(POLL_INTERVAL, () -> awaitClient(index, since));
  }
}

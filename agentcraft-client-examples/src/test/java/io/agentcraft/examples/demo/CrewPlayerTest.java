package io.agentcraft.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrewPlayerTest {

  private static final Duration ROUND = Duration.ofSeconds(40);
  private static final CrewStep FIRST = new CrewStep.Phase("s", "first");
  private static final CrewStep LAST = new CrewStep.Phase("s", "last");

  private final ManualScheduler scheduler = new ManualScheduler();
  private final RecordingStage stage = new RecordingStage();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void stepsHappenAtTheirTime() {
    CrewPlayer player = player(new CrewStep.Timed(0, FIRST), new CrewStep.Timed(0.5, LAST));
    long began = scheduler.nanoTime();
    CompletableFuture<Void> done = player.play();

    scheduler.advance(Duration.ofSeconds(9));
    assertThat(stage.steps).containsExactly(FIRST);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(stage.steps).containsExactly(FIRST, LAST);
    assertThat(done).isNotDone();
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(done).isCompleted();
    assertThat(player.performed())
        .extracting(CrewStep.Performed::nanoTime)
        .containsExactly(began, began + Duration.ofSeconds(10).toNanos());
  }

  @Test
  void theCrewWaitsForTheClientAndGoesOnAtTheSamePace() {
    CrewPlayer player = player(
        new CrewStep.Timed(0, FIRST),
        new CrewStep.Timed(0.5, new CrewStep.AwaitClient()),
        new CrewStep.Timed(0.75, LAST));
    stage.clientBack = false;
    CompletableFuture<Void> done = player.play();

    scheduler.advance(Duration.ofSeconds(14));
    assertThat(stage.steps).containsExactly(FIRST);
    stage.clientBack = true;
    scheduler.advance(Duration.ofMillis(4_900));
    assertThat(stage.steps).containsExactly(FIRST);
    scheduler.advance(Duration.ofMillis(200));
    assertThat(stage.steps).containsExactly(FIRST, LAST);
    scheduler.advance(Duration.ofSeconds(6));
    assertThat(done).isCompleted();
  }

  @Test
  void theCrewDoesNotWaitForEver() {
    CrewPlayer player =
        player(new CrewStep.Timed(0, new CrewStep.AwaitClient()), new CrewStep.Timed(0.1, LAST));
    stage.clientBack = false;
    CompletableFuture<Void> done = player.play();

    scheduler.advance(CrewPlayer.PATIENCE.plusSeconds(21));

    assertThat(stage.steps).containsExactly(LAST);
    assertThat(done).isCompleted();
  }

  @Test
  void aStepThatFailsEndsThePlay() {
    CrewPlayer player = player(new CrewStep.Timed(0, FIRST), new CrewStep.Timed(0.1, LAST));
    stage.failure = new IllegalStateException("no stage");
    CompletableFuture<Void> done = player.play();

    scheduler.advance(Duration.ofSeconds(20));

    assertThat(done).isCompletedExceptionally();
    assertThat(player.performed()).isEmpty();
  }

  @Test
  void roundFollowsRoundAndNobodyIsCut() {
    stage.clientBack = false;
    CompletableFuture<Void> failure = CrewPlayer.repeat(scheduler, stage, ROUND);
    scheduler.advance(ROUND);
    int perRound = stage.steps.size() - 1; // The next round has begun.
    scheduler.advance(ROUND);

    assertThat(perRound).isGreaterThan(50);
    assertThat(stage.steps.subList(perRound, 2 * perRound))
        .isEqualTo(stage.steps.subList(0, perRound));
    assertThat(stage.steps)
        .noneMatch(step -> step instanceof CrewStep.Cut || step instanceof CrewStep.AwaitClient);
    assertThat(failure).isNotDone();
  }

  @Test
  void aFailureEndsTheRounds() {
    stage.clientBack = false;
    CompletableFuture<Void> failure = CrewPlayer.repeat(scheduler, stage, ROUND);
    stage.failure = new IllegalStateException("no stage");
    scheduler.advance(ROUND);

    assertThat(failure).isCompletedExceptionally();
  }

  private CrewPlayer player(CrewStep.Timed... steps) {
    return new CrewPlayer(scheduler, stage, List.of(steps), Duration.ofSeconds(20));
  }

  private static final class RecordingStage implements CrewPlayer.Stage {

    private final List<CrewStep> steps = new ArrayList<>();
    private volatile boolean clientBack = true;
    private volatile @org.jspecify.annotations.Nullable RuntimeException failure;

    @Override
    public void perform(CrewStep step) {
      RuntimeException toThrow = failure;
      if (toThrow != null) {
        throw toThrow;
      }
      steps.add(step);
    }

    @Override
    public boolean isClientBack() {
      return clientBack;
    }
  }
}

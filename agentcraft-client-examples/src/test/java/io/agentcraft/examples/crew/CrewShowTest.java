package io.agentcraft.examples.crew;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrewShowTest {

  private static final Duration ROUND = Duration.ofSeconds(40);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<CrewStep> steps = new ArrayList<>();
  private boolean broken;

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void roundFollowsRoundAndNobodyIsCut() {
    CompletableFuture<Void> failure = show().start();
    scheduler.advance(ROUND);
    int perRound = steps.size() - 1; // The next round has begun.

    scheduler.advance(ROUND);

    assertThat(perRound).isGreaterThan(50);
    assertThat(steps.subList(perRound, 2 * perRound)).isEqualTo(steps.subList(0, perRound));
    assertThat(steps)
        .noneMatch(step -> step instanceof CrewStep.Cut || step instanceof CrewStep.AwaitAudience);
    assertThat(failure).isNotDone();
  }

  @Test
  void aFailureEndsIt() {
    CompletableFuture<Void> failure = show().start();
    broken = true;

    scheduler.advance(ROUND);

    assertThat(failure).isCompletedExceptionally();
  }

  private CrewShow show() {
    return new CrewShow(
        scheduler,
        new CrewStage() {
          @Override
          public void perform(CrewStep step) {
            if (broken) {
              throw new IllegalStateException("no stage");
            }
            steps.add(step);
          }

          @Override
          public boolean isAudienceBack() {
            return false;
          }
        },
        ROUND);
  }
}

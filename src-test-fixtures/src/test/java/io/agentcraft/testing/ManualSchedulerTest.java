package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {

  private final ManualScheduler time = new ManualScheduler(Instant.EPOCH);
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void movesStepByStepThroughWhatIsDue() {
    time.schedule(Duration.ofSeconds(2), () -> ran.add("two at " + time.now().getEpochSecond()));
    time.schedule(Duration.ofSeconds(1), () -> {
      ran.add("one");
      time.execute(() -> ran.add("executed by one"));
      time.schedule(Duration.ofSeconds(1), () -> ran.add("scheduled by one"));
      time.schedule(Duration.ofSeconds(9), () -> ran.add("later"));
    });
    time.advance(Duration.ofSeconds(3));
    assertThat(ran).containsExactly("one", "executed by one", "two at 2", "scheduled by one");
    assertThat(time.nextDelay()).contains(Duration.ofSeconds(7));
    assertThat(time.pendingDelays()).containsExactly(Duration.ofSeconds(7));
    assertThat(time.now()).isEqualTo(Instant.ofEpochSecond(3));
  }

  @Test
  void forgetsWhatIsCalledOff() {
    Scheduler.Timer timer = time.schedule(Duration.ZERO, () -> ran.add("never"));
    timer.cancel();
    time.advance(Duration.ofDays(1));
    assertThat(ran).isEmpty();
    assertThat(time.pendingTimers()).isZero();
  }

  @Test
  void tellsTheTestWhatATaskThrew() {
    time.execute(() -> {
      throw new IllegalStateException("boom");
    });
    assertThatThrownBy(time::settle).hasRootCauseMessage("boom");
    time.settle();
  }

  @Test
  void refusesToBeMovedByItsOwnTasks() {
    time.execute(() -> time.advance(Duration.ZERO));
    assertThatThrownBy(time::settle).hasStackTraceContaining("from within a task");
  }
}

package io.agentcraft.client.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {

  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<String> ran = new ArrayList<>();

  @Test
  void aTaskRunsAtOnceAndOneGivenInsideItAfterIt() {
    scheduler.execute(() -> {
      scheduler.execute(() -> ran.add("inner"));
      ran.add("outer");
    });

    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void timersRunInOrderOfTimeThenOfScheduling() {
    scheduler.schedule(Duration.ofSeconds(2), () -> ran.add("late"));
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("first"));
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("second"));

    scheduler.advance(Duration.ofMillis(1999));

    assertThat(ran).containsExactly("first", "second");
    assertThat(scheduler.pendingTimers()).isEqualTo(1);
  }

  @Test
  void aTimerSetByATimerRunsInTheSameStepAtItsOwnTime() {
    Instant start = scheduler.now();
    List<Duration> times = new ArrayList<>();
    scheduler.schedule(
        Duration.ofSeconds(1),
        () -> scheduler.schedule(
            Duration.ofSeconds(2), () -> times.add(Duration.between(start, scheduler.now()))));

    scheduler.advance(Duration.ofSeconds(10));

    assertThat(times).containsExactly(Duration.ofSeconds(3));
    assertThat(scheduler.now()).isEqualTo(start.plusSeconds(10));
  }

  @Test
  void aTimerCalledOffDoesNotRun() {
    Scheduler.Timer timer = scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("no"));
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("yes"));

    timer.cancel();
    timer.cancel();
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("yes");
  }

  @Test
  void nanosAndInstantsMoveTogetherAcrossTheOverflow() {
    long before = scheduler.nanoTime();

    scheduler.advance(Duration.ofHours(1));

    assertThat(scheduler.nanoTime() - before).isEqualTo(Duration.ofHours(1).toNanos());
  }
}

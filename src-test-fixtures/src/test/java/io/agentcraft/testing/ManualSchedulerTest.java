package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both kinds of scheduler: with a thread, and inline. JUnit closes those that are parameters. */
class ManualSchedulerTest {

  private final List<String> ran = new CopyOnWriteArrayList<>();

  static Stream<ManualScheduler> schedulers() {
    return Stream.of(new ManualScheduler(), ManualScheduler.inline());
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void movesStepByStepThroughWhatIsDue(ManualScheduler time) {
    Instant start = time.now();
    time.schedule(
        Duration.ofSeconds(2),
        () -> ran.add("two at " + Duration.between(start, time.now()).toSeconds()));
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
    assertThat(time.now()).isEqualTo(start.plusSeconds(3));

    assertThat(time.advanceToNextTimer()).isEqualTo(Duration.ofSeconds(7));
    assertThat(ran).last().isEqualTo("later");
    assertThat(time.pendingTimers()).isZero();
    assertThatThrownBy(time::advanceToNextTimer).hasMessageContaining("No task is scheduled");
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void timersRunInOrderOfTimeThenOfScheduling(ManualScheduler time) {
    time.schedule(Duration.ofSeconds(2), () -> ran.add("late"));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("first"));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("second"));

    time.advance(Duration.ofMillis(1999));

    assertThat(ran).containsExactly("first", "second");
    assertThat(time.pendingTimers()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void aTimerSetByATimerRunsInTheSameStepAtItsOwnTime(ManualScheduler time) {
    Instant start = time.now();
    List<Duration> times = new ArrayList<>();
    time.schedule(
        Duration.ofSeconds(1),
        () -> time.schedule(
            Duration.ofSeconds(2), () -> times.add(Duration.between(start, time.now()))));

    time.advance(Duration.ofSeconds(10));

    assertThat(times).containsExactly(Duration.ofSeconds(3));
    assertThat(time.now()).isEqualTo(start.plusSeconds(10));
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void aCancelledTimerDoesNotRun(ManualScheduler time) {
    Scheduler.Timer timer = time.schedule(Duration.ZERO, () -> ran.add("no"));
    time.schedule(Duration.ZERO, () -> ran.add("yes"));

    timer.cancel();
    timer.cancel();
    time.advance(Duration.ofDays(1));

    assertThat(ran).containsExactly("yes");
    assertThat(time.pendingTimers()).isZero();
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void nanosAndInstantsMoveTogetherAcrossTheOverflow(ManualScheduler time) {
    long before = time.nanoTime();

    time.advance(Duration.ofHours(1));

    assertThat(time.nanoTime()).isNegative();
    assertThat(time.nanoTime() - before).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void acceptsNothingAfterTheClose(ManualScheduler time) {
    time.close();

    assertThatThrownBy(() -> time.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> time.schedule(Duration.ZERO, () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void refusesANegativeDelay(ManualScheduler time) {
    assertThatThrownBy(() -> time.schedule(Duration.ofNanos(-1), () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWallClockStartsWhereItIsSet() {
    try (ManualScheduler time = new ManualScheduler(Instant.EPOCH)) {
      time.advance(Duration.ofSeconds(3));
      assertThat(time.now()).isEqualTo(Instant.ofEpochSecond(3));
    }
  }

  @Test
  void reportsToTheTestWhatATaskThrew() {
    try (ManualScheduler time = new ManualScheduler()) {
      time.execute(() -> {
        throw new IllegalStateException("boom");
      });
      assertThatThrownBy(time::settle).hasRootCauseMessage("boom");
      time.settle();
    }
  }

  @Test
  void refusesToBeMovedByItsOwnTasks() {
    try (ManualScheduler time = new ManualScheduler()) {
      time.execute(() -> time.advance(Duration.ZERO));
      assertThatThrownBy(time::settle).hasStackTraceContaining("from within a task");
    }
  }

  @Test
  void withoutAThreadATaskRunsAtOnceAndOneGivenInsideItAfterIt() {
    ManualScheduler time = ManualScheduler.inline();
    Thread test = Thread.currentThread();
    time.execute(() -> {
      time.execute(() -> ran.add("inner"));
      ran.add(Thread.currentThread() == test ? "outer" : "elsewhere");
    });

    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void withoutAThreadAFailureIsThrownAtOnceAfterTheOtherTasks() {
    ManualScheduler time = ManualScheduler.inline();

    assertThatThrownBy(() -> time.execute(() -> {
          time.execute(() -> ran.add("inner"));
          throw new IllegalStateException("boom");
        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");

    assertThat(ran).containsExactly("inner");
    time.settle();
    assertThatThrownBy(() -> time.execute(() -> time.advance(Duration.ZERO)))
        .hasStackTraceContaining("from within a task");
  }
}

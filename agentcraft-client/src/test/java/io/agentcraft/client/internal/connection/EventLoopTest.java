package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EventLoopTest {

  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheOrderOfPostingAndTimersWhenTheyAreDue() {
    ManualScheduler scheduler = ManualScheduler.inline();
    EventLoop loop = new EventLoop(scheduler);
    loop.schedule(Duration.ofSeconds(1), () -> ran.add("timer"));
    boolean posted = loop.post(() -> {
      loop.post(() -> ran.add("second"));
      ran.add("first");
    });

    assertThat(posted).isTrue();
    assertThat(ran).containsExactly("first", "second");
    long before = loop.nanoTime();
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(ran).endsWith("timer");
    assertThat(loop.nanoTime() - before).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(loop.now()).isEqualTo(scheduler.now());
  }

  @Test
  void aLoopThatHasEndedSaysThatATaskNeverRuns() {
    ManualScheduler ended = ManualScheduler.inline();
    EventLoop loop = new EventLoop(ended);
    ended.close();

    assertThat(loop.post(() -> ran.add("task"))).isFalse();
    assertThatThrownBy(() -> loop.execute(() -> ran.add("task")))
        .isInstanceOf(RejectedExecutionException.class);
    loop.schedule(Duration.ZERO, () -> ran.add("timer")).cancel();
    assertThat(ran).isEmpty();
  }

  @Test
  void whileClosingWhatAnEndedSchedulerHasLostIsRunInOrderByTheOtherOne() {
    ManualScheduler fallback = ManualScheduler.inline();
    LosingScheduler ending = new LosingScheduler();
    EventLoop loop = new EventLoop(ending, fallback, new LoopWatch(look -> {}, List.of()));
    ending.losing = true;
    assertThat(loop.post(() -> ran.add("one"))).isTrue();
    assertThat(loop.post(() -> ran.add("two"))).isTrue();
    ending.ended = true;
    assertThat(loop.post(() -> ran.add("rejected"))).isFalse();

    loop.outliveScheduler();
    assertThat(loop.post(() -> ran.add("three"))).isTrue();
    assertThat(loop.post(() -> ran.add("four"))).isTrue();

    assertThat(ran).containsExactly("one", "two", "three", "four");
  }

  @Test
  void theClockStaysTheCallersWhenTheSchedulerHasEnded() {
    ManualScheduler own = ManualScheduler.inline();
    own.close();
    ManualScheduler fallback = ManualScheduler.inline();
    fallback.advance(Duration.ofDays(1));
    EventLoop loop = new EventLoop(own, fallback, new LoopWatch(look -> {}, List.of()));
    loop.outliveScheduler();
    assertThat(loop.post(() -> ran.add("task"))).isTrue();

    assertThat(ran).containsExactly("task");
    assertThat(loop.nanoTime()).isEqualTo(own.nanoTime());
    assertThat(loop.now()).isEqualTo(own.now());
  }

  @Test
  void timersOfAnEndedSchedulerAreTakenOverWithTheTimeThatIsLeft() {
    ManualScheduler own = ManualScheduler.inline();
    ManualScheduler fallback = ManualScheduler.inline();
    EventLoop loop = new EventLoop(own, fallback, new LoopWatch(look -> {}, List.of()));
    loop.schedule(Duration.ofSeconds(5), () -> ran.add("five"));
    loop.schedule(Duration.ofSeconds(2), () -> ran.add("two"));
    Scheduler.Timer cancelled = loop.schedule(Duration.ofSeconds(3), () -> ran.add("cancelled"));
    own.advance(Duration.ofSeconds(1));
    own.close();
    loop.schedule(Duration.ofSeconds(3), () -> ran.add("three"));
    cancelled.cancel();

    loop.outliveScheduler();
    assertThat(fallback.pendingDelays())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(4));
    loop.schedule(Duration.ofSeconds(9), () -> ran.add("nine")).cancel();
    assertThat(fallback.pendingTimers()).isEqualTo(3);
    fallback.advance(Duration.ofSeconds(4));
    assertThat(ran).containsExactly("two", "three", "five");
  }

  @Test
  void aSchedulerThatEndsWhileTheClientClosesIsNoticed() {
    ManualScheduler fallback = ManualScheduler.inline();
    LosingScheduler ending = new LosingScheduler();
    EventLoop loop = new EventLoop(ending, fallback, new LoopWatch(look -> {}, List.of()));
    loop.outliveScheduler();
    loop.schedule(Duration.ofSeconds(1), () -> ran.add("timer"));
    ending.losing = true;
    loop.post(() -> ran.add("lost"));
    fallback.advance(EventLoop.CHECK_INTERVAL);
    assertThat(ran).isEmpty();

    ending.ended = true;
    fallback.advance(EventLoop.CHECK_INTERVAL);
    assertThat(ran).containsExactly("lost");
    fallback.advance(Duration.ofSeconds(1));
    // The first one may have been lost or not: the timer runs once.
    ending.manual.advance(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("lost", "timer");
    assertThat(fallback.pendingTimers()).isZero();
  }

  @Test
  void aSchedulerIsNotLookedAfterWhenTheClientIsClosed() {
    ManualScheduler own = ManualScheduler.inline();
    ManualScheduler fallback = ManualScheduler.inline();
    EventLoop loop = new EventLoop(own, fallback, new LoopWatch(look -> {}, List.of()));
    loop.outliveScheduler();
    assertThat(fallback.pendingTimers()).isEqualTo(1);
    loop.end();
    fallback.advance(EventLoop.CHECK_INTERVAL);
    assertThat(fallback.pendingTimers()).isZero();

    EventLoop shared = new EventLoop(fallback);
    shared.outliveScheduler();
    assertThat(fallback.pendingTimers()).isZero();
  }
}

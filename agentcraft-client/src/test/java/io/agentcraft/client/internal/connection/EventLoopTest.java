package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThat(ran).isEmpty();
    assertThatThrownBy(() -> loop.schedule(Duration.ZERO, () -> ran.add("timer")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whileClosingWhatAnEndedSchedulerHasLostIsRunInOrderByTheOtherOne() {
    ManualScheduler fallback = ManualScheduler.inline();
    LosingScheduler ending = new LosingScheduler();
    EventLoop loop = new EventLoop(ending, fallback);
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
    EventLoop loop = new EventLoop(own, fallback);
    loop.outliveScheduler();
    assertThat(loop.post(() -> ran.add("task"))).isTrue();

    assertThat(ran).containsExactly("task");
    assertThat(loop.nanoTime()).isEqualTo(own.nanoTime());
    assertThat(loop.now()).isEqualTo(own.now());
  }
}

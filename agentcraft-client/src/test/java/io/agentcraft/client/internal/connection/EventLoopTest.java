package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.time.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventLoopTest {

  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheOrderOfPostingAndTimersWhenTheyAreDue() {
    ManualScheduler scheduler = new ManualScheduler();
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
    EventLoop loop = new EventLoop(new ManualScheduler() {
      @Override
      public void execute(Runnable task) {
        throw new RejectedExecutionException("ended");
      }

      @Override
      public Timer schedule(Duration delay, Runnable task) {
        throw new RejectedExecutionException("ended");
      }
    });

    assertThat(loop.post(() -> ran.add("task"))).isFalse();
    assertThat(ran).isEmpty();
    assertThatThrownBy(() -> loop.schedule(Duration.ZERO, () -> ran.add("timer")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whileClosingWhatAnEndedSchedulerHasLostIsRunInOrderByTheOtherOne() {
    ManualScheduler fallback = new ManualScheduler();
    AtomicReference<RejectedExecutionException> end = new AtomicReference<>();
    EventLoop loop = new EventLoop(
        new ManualScheduler() {
          @Override
          public void execute(Runnable task) {
            if (end.get() != null) {
              throw end.get();
            }
          }
        },
        fallback);
    assertThat(loop.post(() -> ran.add("one"))).isTrue();
    assertThat(loop.post(() -> ran.add("two"))).isTrue();
    end.set(new RejectedExecutionException("ended"));
    assertThat(loop.post(() -> ran.add("rejected"))).isFalse();

    loop.outliveScheduler();
    assertThat(loop.post(() -> ran.add("three"))).isTrue();
    assertThat(loop.post(() -> ran.add("four"))).isTrue();

    assertThat(ran).containsExactly("one", "two", "three", "four");
  }

  @Test
  void theClockStaysTheCallersWhenTheSchedulerHasEnded() {
    ManualScheduler own = new ManualScheduler() {
      @Override
      public void execute(Runnable task) {
        throw new RejectedExecutionException("ended");
      }
    };
    ManualScheduler fallback = new ManualScheduler();
    fallback.advance(Duration.ofDays(1));
    EventLoop loop = new EventLoop(own, fallback);
    loop.outliveScheduler();
    assertThat(loop.post(() -> ran.add("task"))).isTrue();

    assertThat(ran).containsExactly("task");
    assertThat(loop.nanoTime()).isEqualTo(own.nanoTime());
    assertThat(loop.now()).isEqualTo(own.now());
  }
}

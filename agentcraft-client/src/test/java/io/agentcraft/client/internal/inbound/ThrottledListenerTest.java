package io.agentcraft.client.internal.inbound;

import static io.agentcraft.client.internal.inbound.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ThrottledListenerTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final List<String> heard = new ArrayList<>();
  private final ThrottledListener<AgentStatusUpdate> throttled =
      throttled(update -> heard.add(update.agentId() + update.message()));

  @Test
  void theLastUpdateComesByTheTimerAndThenNoTimerIsLeft() {
    throttled.accept(update("a", "1"));
    throttled.accept(update("a", "2"));
    throttled.accept(update("a", "3"));
    assertThat(heard).containsExactly("a1");
    assertThat(scheduler.pendingTimers()).isEqualTo(1);

    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).containsExactly("a1", "a3");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void whenTooMuchTextIsHeldTheOldestUpdateComesBeforeItsTime() {
    String text = "x".repeat(1_000_000);
    for (int i = 0; i < 100; i++) {
      throttled.accept(update("agent-" + i, " first"));
    }
    heard.clear();
    for (int i = 0; i < 100; i++) {
      throttled.accept(update("agent-" + i, text));
    }
    assertThat(heard)
        .as("no more than 16 million characters are held")
        .hasSize(84)
        .startsWith("agent-0" + text, "agent-1" + text);
    throttled.accept(update("agent-0", " newest"));
    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).hasSize(101).last().isEqualTo("agent-0 newest");
  }

  @Test
  void whenTooManyAgentsAreRememberedTheOldestIsForgotten() {
    ThrottledListener.Throttler<AgentStatusUpdate> throttle =
        new ThrottledListener.Throttler<>(Throttle.perSecond(1), Updates.LATEST);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(throttle.offer(update("agent-" + i, ""), i)).hasSize(1);
      while (throttle.hasExcess()) {
        assertThat(throttle.pollExcess(i)).isNull();
      }
    }

    assertThat(throttle.agents()).isBetween(100_000, 200_000);
  }

  @Test
  void oneTimerServesAllAgents() {
    for (int i = 0; i < 50; i++) {
      throttled.accept(update("agent-" + i, "-first"));
      throttled.accept(update("agent-" + i, "-last"));
      scheduler.advance(Duration.ofMillis(1));
    }
    assertThat(scheduler.pendingTimers()).isEqualTo(1);

    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).hasSize(100);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aSlowListenerDoesNotBringTwoUpdatesOfOneAgentTogether() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    ThrottledListener<AgentStatusUpdate> busy = new ThrottledListener<>(
        Throttle.perSecond(10),
        Updates.LATEST,
        scheduler,
        callbacks::add,
        update -> heard.add(update.message()));
    busy.accept(update("a", "1"));
    busy.accept(update("a", "2"));
    scheduler.advance(Duration.ofMillis(190));
    assertThat(callbacks).hasSize(1);

    // The executor comes to it 90 ms late; what follows waits from then.
    callbacks.remove().run();
    busy.accept(update("a", "3"));
    scheduler.advance(Duration.ofMillis(99));
    assertThat(callbacks).isEmpty();
    scheduler.advance(Duration.ofMillis(1));
    callbacks.remove().run();

    assertThat(heard).containsExactly("1", "2", "3");
  }

  @Test
  void aTimerThatRanQueuesOneTaskHoweverLongTheExecutorIsBusy() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    ThrottledListener<AgentStatusUpdate> busy = new ThrottledListener<>(
        Throttle.perSecond(10),
        Updates.LATEST,
        scheduler,
        callbacks::add,
        update -> heard.add("x"));
    for (int i = 0; i < 20; i++) {
      busy.accept(update("agent-" + i, "1"));
      busy.accept(update("agent-" + i, "2"));
      scheduler.advance(Duration.ofMillis(20));
    }

    assertThat(callbacks).hasSize(1);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingDeliversWhatIsHeldAndLeavesNoTimer() {
    throttled.accept(update("a", "1"));
    throttled.accept(update("a", "2"));

    throttled.close();
    throttled.close();
    throttled.accept(update("a", "3"));
    scheduler.advance(Duration.ofSeconds(10));

    assertThat(heard).containsExactly("a1", "a2");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingLosesNothingThatWaitsForTheExecutor() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    ThrottledListener<AgentStatusUpdate> busy = new ThrottledListener<>(
        Throttle.perSecond(10),
        Updates.LATEST,
        scheduler,
        callbacks::add,
        update -> heard.add(update.message()));
    for (String message : List.of("1", "2", "3")) {
      callbacks.add(() -> busy.accept(update("a", message)));
    }

    busy.close();
    assertThat(scheduler.pendingTimers()).isZero();
    callbacks.forEach(Runnable::run);

    assertThat(heard).containsExactly("1", "3");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aListenerThatThrowsLosesNoUpdateOfAnotherAgent() {
    ThrottledListener<AgentStatusUpdate> throwing = throttled(update -> {
      heard.add(update.agentId() + update.message());
      if (update.message().equals("2")) {
        throw new IllegalStateException(update.agentId());
      }
    });
    for (String agent : List.of("a", "b", "c")) {
      throwing.accept(update(agent, "1"));
      throwing.accept(update(agent, "2"));
    }

    assertThatThrownBy(() -> scheduler.advance(Duration.ofMillis(100)))
        .hasMessage("a")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(2));
    throwing.accept(update("a", "3"));
    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3");
  }

  private ThrottledListener<AgentStatusUpdate> throttled(Consumer<AgentStatusUpdate> listener) {
    return new ThrottledListener<>(
        Throttle.perSecond(10), Updates.LATEST, scheduler, scheduler::execute, listener);
  }
}

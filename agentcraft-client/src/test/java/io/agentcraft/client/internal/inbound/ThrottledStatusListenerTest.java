package io.agentcraft.client.internal.inbound;

import static io.agentcraft.client.internal.inbound.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ThrottledStatusListenerTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final List<String> heard = new ArrayList<>();
  private final ThrottledStatusListener throttled =
      throttled(update -> heard.add(update.agentId() + update.message()));

  @Test
  void theLastUpdateComesByTheTimerAndThenNoTimerIsLeft() {
    throttled.onAgentStatus(update("a", "1"));
    throttled.onAgentStatus(update("a", "2"));
    throttled.onAgentStatus(update("a", "3"));
    assertThat(heard).containsExactly("a1");
    assertThat(scheduler.pendingTimers()).isEqualTo(1);

    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).containsExactly("a1", "a3");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void oneTimerServesAllAgents() {
    for (int i = 0; i < 50; i++) {
      throttled.onAgentStatus(update("agent-" + i, "-first"));
      throttled.onAgentStatus(update("agent-" + i, "-last"));
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
    ThrottledStatusListener busy = new ThrottledStatusListener(
        Throttle.perSecond(10), scheduler, callbacks::add, update -> heard.add(update.message()));
    busy.onAgentStatus(update("a", "1"));
    busy.onAgentStatus(update("a", "2"));
    scheduler.advance(Duration.ofMillis(190));
    assertThat(callbacks).hasSize(1);

    // The executor comes to it 90 ms late; what follows waits from then.
    callbacks.remove().run();
    busy.onAgentStatus(update("a", "3"));
    scheduler.advance(Duration.ofMillis(99));
    assertThat(callbacks).isEmpty();
    scheduler.advance(Duration.ofMillis(1));
    callbacks.remove().run();

    assertThat(heard).containsExactly("1", "2", "3");
  }

  @Test
  void aTimerThatRanQueuesOneTaskHoweverLongTheExecutorIsBusy() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    ThrottledStatusListener busy = new ThrottledStatusListener(
        Throttle.perSecond(10), scheduler, callbacks::add, update -> heard.add("x"));
    for (int i = 0; i < 20; i++) {
      busy.onAgentStatus(update("agent-" + i, "1"));
      busy.onAgentStatus(update("agent-" + i, "2"));
      scheduler.advance(Duration.ofMillis(20));
    }

    assertThat(callbacks).hasSize(1);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingWithFlushDeliversWhatIsHeldAndLeavesNoTimer() {
    throttled.onAgentStatus(update("a", "1"));
    throttled.onAgentStatus(update("a", "2"));

    throttled.close(true);
    throttled.close(true);
    throttled.onAgentStatus(update("a", "3"));
    scheduler.advance(Duration.ofSeconds(10));

    assertThat(heard).containsExactly("a1", "a2");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingWithFlushLosesNothingThatWaitsForTheExecutor() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    ThrottledStatusListener busy = new ThrottledStatusListener(
        Throttle.perSecond(10), scheduler, callbacks::add, update -> heard.add(update.message()));
    for (String message : List.of("1", "2", "3")) {
      callbacks.add(() -> busy.onAgentStatus(update("a", message)));
    }

    busy.close(true);
    assertThat(scheduler.pendingTimers()).isZero();
    callbacks.forEach(Runnable::run);

    assertThat(heard).containsExactly("1", "3");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingWithoutFlushDeliversNothingMore() {
    throttled.onAgentStatus(update("a", "1"));
    throttled.onAgentStatus(update("a", "2"));

    throttled.close(false);
    throttled.onAgentStatus(update("b", "1"));
    scheduler.advance(Duration.ofSeconds(10));

    assertThat(heard).containsExactly("a1");
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aListenerThatThrowsLosesNoUpdateOfAnotherAgent() {
    ThrottledStatusListener throwing = throttled(update -> {
      heard.add(update.agentId() + update.message());
      if (update.message().equals("2")) {
        throw new IllegalStateException(update.agentId());
      }
    });
    for (String agent : List.of("a", "b", "c")) {
      throwing.onAgentStatus(update(agent, "1"));
      throwing.onAgentStatus(update(agent, "2"));
    }

    assertThatThrownBy(() -> scheduler.advance(Duration.ofMillis(100)))
        .hasMessage("a")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(2));
    throwing.onAgentStatus(update("a", "3"));
    scheduler.advance(Duration.ofMillis(100));

    assertThat(heard).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3");
  }

  private ThrottledStatusListener throttled(AgentStatusListener listener) {
    return new ThrottledStatusListener(
        Throttle.perSecond(10), scheduler, scheduler::execute, listener);
  }
}

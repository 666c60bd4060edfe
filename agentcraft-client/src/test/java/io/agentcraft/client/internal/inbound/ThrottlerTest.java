package io.agentcraft.client.internal.inbound;

import static io.agentcraft.client.internal.inbound.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottlerTest {

  private static final long MS = 1_000_000;
  // The clock overflows 150 ms later.
  private static final long START = Long.MAX_VALUE - 150 * MS;

  private final ThrottledListener.Throttler<AgentStatusUpdate> throttle =
      new ThrottledListener.Throttler<>(Throttle.perSecond(10), Updates.LATEST);

  @Test
  void theFirstUpdateOfAnAgentPassesAtOnce() {
    assertThat(offer("a", "1", 0)).isTrue();
    assertThat(throttle.nextDue()).isEmpty();
  }

  @Test
  void anUpdateTooSoonIsHeldUntilTheSpacingIsOver() {
    offer("a", "1", 0);

    assertThat(offer("a", "2", 30)).isFalse();
    assertThat(throttle.nextDue()).hasValue(at(100));
    assertThat(poll(99)).isNull();
    assertThat(poll(100)).isEqualTo("2");
    assertThat(poll(100)).isNull();
    assertThat(throttle.nextDue()).isEmpty();
  }

  @Test
  void theLatestOfThoseHeldWins() {
    offer("a", "1", 0);
    offer("a", "2", 30);
    offer("a", "3", 60);

    assertThat(poll(100)).isEqualTo("3");
    assertThat(poll(500)).isNull();
  }

  @Test
  void whatWasHeldCountsFromWhenItWasDelivered() {
    offer("a", "1", 0);
    offer("a", "2", 30);
    poll(140);

    assertThat(offer("a", "3", 230)).isFalse();
    assertThat(throttle.nextDue()).hasValue(at(240));
    assertThat(poll(240)).isEqualTo("3");
  }

  @Test
  void agentsDoNotDelayEachOther() {
    assertThat(offer("a", "1", 0)).isTrue();
    assertThat(offer("b", "1", 1)).isTrue();
    offer("b", "2", 2);
    offer("a", "2", 3);

    assertThat(throttle.nextDue()).hasValue(at(100));
    assertThat(poll(200)).isEqualTo("2");
    assertThat(poll(200)).isEqualTo("2");
  }

  @Test
  void anUpdateAfterAPausePassesAtOnce() {
    offer("a", "1", 0);

    assertThat(offer("a", "2", 100)).isTrue();
  }

  @Test
  void whenTheTimerIsLateANewerUpdatePassesInsteadOfTheOneHeld() {
    offer("a", "1", 0);
    offer("a", "2", 50);

    assertThat(offer("a", "3", 170)).isTrue();
    assertThat(throttle.nextDue()).isEmpty();
    assertThat(poll(1_000)).isNull();
    assertThat(throttle.drain()).isEmpty();
  }

  @Test
  void drainingGivesAllThatIsHeldSoonestDueFirst() {
    offer("b", "1", 0);
    offer("a", "1", 1);
    offer("a", "2", 2);
    offer("b", "2", 3);

    assertThat(throttle.drain()).containsExactly(update("b", "2"), update("a", "2"));
    assertThat(throttle.nextDue()).isEmpty();
  }

  @Test
  void agentsGoneQuietAreForgotten() {
    for (int i = 0; i < 1_000; i++) {
      offer("agent-" + i, "1", i);
    }

    // Those of the last 100 ms may still need to wait.
    assertThat(throttle.agents()).isLessThanOrEqualTo(100);
  }

  private static long at(long millis) {
    return START + millis * MS;
  }

  private boolean offer(String agentId, String message, long millis) {
    return !throttle.offer(update(agentId, message), at(millis)).isEmpty();
  }

  private @Nullable String poll(long millis) {
    var update = throttle.pollDue(at(millis));
    return update == null ? null : update.message();
  }
}

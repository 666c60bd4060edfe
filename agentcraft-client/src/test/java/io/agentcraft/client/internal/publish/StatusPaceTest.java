package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.publish.WebSocketPublishTransport.StatusPace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPaceTest {

  private static final long START = 1_000_000;

  @Test
  void aBurstAndThenOneAtATime() {
    StatusPace pace = new StatusPace(3, 100);
    for (int i = 0; i < 3; i++) {
      assertThat(pace.waitFor(START)).isZero();
      pace.sent(START);
    }
    assertThat(pace.waitFor(START)).isEqualTo(100);
    assertThat(pace.waitFor(START + 60)).isEqualTo(40);
    assertThat(pace.waitFor(START + 100)).isZero();
    pace.sent(START + 100);
    assertThat(pace.waitFor(START + 100)).isEqualTo(100);
  }

  @Test
  void aPauseAllowsAnotherBurstButNoLargerOne() {
    StatusPace pace = new StatusPace(2, 100);
    pace.sent(START);
    pace.sent(START);
    long later = START + 10_000;
    for (int i = 0; i < 2; i++) {
      assertThat(pace.waitFor(later)).isZero();
      pace.sent(later);
    }
    assertThat(pace.waitFor(later)).isEqualTo(100);
  }

  @Test
  void noLimitNoPace() {
    StatusPace pace =
        StatusPace.within(new FrameRateLimiter(FrameRateLimiter.UNLIMITED, Instrumentation.NONE));
    for (int i = 0; i < 1_000; i++) {
      assertThat(pace.waitFor(START)).isZero();
      pace.sent(START);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 15, 59, 60, 600})
  void neverAsksForMoreThanItsShareOfAWindow(int framesPerMinute) {
    FrameRateLimiter budget = new FrameRateLimiter(framesPerMinute, Instrumentation.NONE);
    StatusPace pace = StatusPace.within(budget);
    int taken = 0;
    for (long now = START;
        now - START < FrameRateLimiter.WINDOW;
        now += Math.max(pace.waitFor(now), 1)) {
      if (pace.waitFor(now) == 0) {
        pace.sent(now);
        taken++;
      }
    }
    assertThat(taken).isBetween(1, budget.limit(Share.STATUS));
  }
}

package io.agentcraft.client.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WarnLimitTest {

  private final WarnLimit limit = new WarnLimit();
  private long now = Long.MAX_VALUE - 5;

  @Test
  void oneAMinuteAndTheNumberOfThoseLeftOut() {
    assertThat(admit("a")).isEmpty();
    assertThat(admit("a")).isNull();
    wait(59);
    assertThat(admit("a")).isNull();
    wait(1);
    assertThat(admit("a")).contains("2 more");
    wait(1);
    assertThat(admit("a")).isNull();
    wait(59);
    assertThat(admit("a")).contains("1 more");
    wait(60);
    assertThat(admit("a")).isEmpty();
  }

  @Test
  void oneKindDoesNotHideAnother() {
    assertThat(admit("a")).isEmpty();
    assertThat(admit("b")).isEmpty();
    assertThat(admit("a")).isNull();
    wait(60);
    assertThat(admit("b")).isEmpty();
    assertThat(admit("a")).contains("1 more");
  }

  @Test
  void aKindIsWhatFailedAndWhatItThrew() {
    Object one = new Object();
    Object other = new Object();
    String kind = WarnLimit.kind(one, new IllegalStateException("x"));
    assertThat(WarnLimit.kind(one, new IllegalStateException("y"))).isEqualTo(kind);
    assertThat(WarnLimit.kind(one, new IllegalArgumentException("x"))).isNotEqualTo(kind);
    assertThat(WarnLimit.kind(other, new IllegalStateException("x"))).isNotEqualTo(kind);
  }

  @Test
  void kindsBeyondTheBoundShareOneLimit() {
    for (int i = 0; i < WarnLimit.MAX_KINDS; i++) {
      assertThat(admit("kind " + i)).isEmpty();
    }
    assertThat(admit("one more")).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      assertThat(admit("and more " + i)).isNull();
    }
    assertThat(admit("kind 0")).isNull();
    wait(60);
    // By now the others are forgotten, but not how many were left out.
    assertThat(admit("one more")).isEmpty();
    assertThat(limit.takeLeftOut()).isEqualTo(1_001);
  }

  @Test
  void tellsAtTheEndHowManyWereLeftOut() {
    admit("a");
    admit("a");
    admit("b");
    admit("b");
    admit("b");
    assertThat(limit.takeLeftOut()).isEqualTo(3);
    assertThat(limit.takeLeftOut()).isZero();
  }

  private @Nullable String admit(String kind) {
    return limit.admit(kind, now);
  }

  private void wait(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }
}

package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarnLimitTest {

  private final WarnLimit limit = new WarnLimit();

  @Test
  void oneAMinuteAndTheNumberOfThoseLeftOut() {
    long start = Long.MAX_VALUE - 5;
    assertThat(limit.admit(start)).hasValue(0);
    assertThat(limit.admit(start)).isEmpty();
    assertThat(limit.admit(start + TimeUnit.SECONDS.toNanos(59))).isEmpty();
    assertThat(limit.admit(start + TimeUnit.SECONDS.toNanos(60))).hasValue(2);
    assertThat(limit.admit(start + TimeUnit.SECONDS.toNanos(61))).isEmpty();
    assertThat(limit.admit(start + TimeUnit.SECONDS.toNanos(120))).hasValue(1);
  }
}

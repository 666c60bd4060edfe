package io.agentcraft.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineLimitTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void soManyPassInASecondAndTheOthersAreCounted() {
    LineLimit limit = new LineLimit(2, 0);

    assertThat(limit.tryTake(0)).isTrue();
    assertThat(limit.tryTake(1)).isTrue();
    assertThat(limit.tryTake(2)).isFalse();
    assertThat(limit.tryTake(3)).isFalse();
    assertThat(limit.takeLeft(4)).isZero();

    assertThat(limit.takeLeft(SECOND)).isEqualTo(2);
    assertThat(limit.takeLeft(SECOND)).isZero();
    assertThat(limit.tryTake(SECOND)).isTrue();
  }
}

package io.agentcraft.client.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {

  @ParameterizedTest
  @CsvSource({"1, PT1S", "3, PT0.333333334S", "10, PT0.1S", "1000, PT0.001S"})
  void spacesUpdatesEvenly(int updates, Duration spacing) {
    assertThat(Throttle.perSecond(updates).spacing()).isEqualTo(spacing);
  }

  @Test
  void theDefaultIsTenPerSecond() {
    assertThat(Throttle.defaults()).isEqualTo(Throttle.perSecond(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE})
  void rejectsNumbersOutOfRange(int updates) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Throttle.perSecond(updates))
        .withMessageContaining("1 to 1000")
        .withMessageContaining("asked for " + updates);
  }
}

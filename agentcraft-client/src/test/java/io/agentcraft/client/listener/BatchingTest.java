package io.agentcraft.client.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchingTest {

  @Test
  void theDefaultIsFiftyMilliseconds() {
    assertThat(Batching.defaults()).isEqualTo(Batching.of(Duration.ofMillis(50), 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0S", "PT1M0.000000001S", "P300000D"})
  void rejectsDelaysOutOfRange(Duration delay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batching.of(delay, 1))
        .withMessageContaining(delay.toString())
        .withMessageContaining("PT0.05S");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void rejectsEmptyBatches(int messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batching.of(Duration.ofMillis(50), messages))
        .withMessageContaining("1 or more")
        .withMessageContaining("hold " + messages);
  }
}

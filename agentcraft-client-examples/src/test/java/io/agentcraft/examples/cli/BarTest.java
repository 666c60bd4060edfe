package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void theBarIsAsLongAsThereIsRoom() {
    assertThat(Bar.line(0.25, "3 of 12 frames", 80))
        .isEqualTo("[######..................]  25 % 3 of 12 frames");
    assertThat(Bar.line(0.5, "6 of 12 frames", 35))
        .isEqualTo("[######......]  50 % 6 of 12 frames");
    assertThat(Bar.line(1, "12 of 12 frames", 20)).isEqualTo("100 % 12 of 12 fram~");
    assertThat(Bar.line(0, "x", 1)).isEqualTo("~");
  }

  @Test
  void isNeverWiderThanTheWindow() {
    for (int columns = 1; columns < 100; columns++) {
      assertThat(Bar.line(0.4, "1,234,567 of 9,876,543 frames", columns).length())
          .as("in %d columns", columns)
          .isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void doesNotClaimTheEndBeforeItIsThere() {
    assertThat(Bar.line(0.999, "", 80)).contains("#.]  99 %");
    assertThat(Bar.line(Double.NaN, "", 80)).contains("[....").contains("  0 %");
    assertThat(Bar.line(7, "", 80)).contains("#] 100 %");
  }
}

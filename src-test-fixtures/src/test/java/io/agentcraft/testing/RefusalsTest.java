package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported of strangers is neither much nor dangerous. */
class RefusalsTest {

  @Test
  void reportsTenAMinuteAndCountsTheRest() {
    ManualScheduler time = ManualScheduler.inline();
    List<String> lines = new ArrayList<>();
    Refusals refusals = new Refusals(lines::add, time::nanoTime);
    for (int i = 0; i < 15; i++) {
      refusals.report("No");
    }
    assertThat(lines).hasSize(10).containsOnly("No");
    time.advance(Duration.ofSeconds(59));
    refusals.report("No");
    assertThat(lines).hasSize(10);
    time.advance(Duration.ofSeconds(1));
    refusals.report("Never");
    refusals.report("No");
    assertThat(lines).hasSize(12).endsWith("Never (6 more were not reported)", "No");
  }

  @Test
  void quotesWhatStrangersSayOnOneLine() {
    assertThat(Refusals.shown("a\r\n\u001b[2J\u202eé"))
        .isEqualTo("\"a\\u000D\\u000A\\u001B[2J\\u202Eé\"");
    assertThat(Refusals.shown("x".repeat(500))).isEqualTo("\"" + "x".repeat(99) + "…\"");
  }
}

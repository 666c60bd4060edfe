package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.UnknownMessage;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Tally tally = new Tally();

  @Test
  void countsByTypeUpToABound() {
    for (int i = 0; i < 10_000; i++) {
      tally.count(new UnknownMessage("type-" + i, "{}"));
      tally.count(new UnknownMessage("type-0", "{}"));
    }

    Tally.Counts counts = tally.counts();
    assertThat(counts.messages()).hasSize(Tally.MAX_TYPES + 1);
    assertThat(counts.messages("type-0")).isEqualTo(10_001);
    assertThat(counts.messages(Tally.OTHER_TYPES)).isEqualTo(10_000 - Tally.MAX_TYPES);
    assertThat(counts.total()).isEqualTo(20_000);
  }

  @Test
  void cutsLongTypesAndErrors() {
    tally.count(new UnknownMessage("t".repeat(1_000_000), "{}"));
    tally.countError("e".repeat(1_000_000));

    assertThat(tally.counts().messages().firstKey()).hasSize(64).endsWith("…");
    assertThat(tally.counts().errors().get(0)).hasSize(1_000).endsWith("…");
  }

  @Test
  void oneKindOfErrorDoesNotHideAnother() {
    for (int i = 0; i < 100; i++) {
      tally.countError("The frame is not JSON: " + i);
    }
    tally.countError("A listener for agent_status threw boom");

    assertThat(tally.counts().errorCount()).isEqualTo(101);
    assertThat(tally.counts().errors())
        .hasSize(4)
        .contains("A listener for agent_status threw boom");
  }
}

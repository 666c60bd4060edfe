package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentStatusUpdateTest {

  @Test
  void builderDefaults() {
    AgentStatusUpdate update = AgentStatusUpdate.builder("a-1", "Indexer").build();
    assertThat(update.agentId()).isEqualTo("a-1");
    assertThat(update.agentName()).isEqualTo("Indexer");
    assertThat(update.status()).isEqualTo(AgentStatus.IDLE);
    assertThat(update.statusText()).isEqualTo("IDLE");
    assertThat(update.progress()).isZero();
    assertThat(update.message()).isEmpty();
    assertThat(update.metadata()).isEmpty();
    assertThat(update.timestamp())
        .isNotNull()
        .extracting(WireTime::form)
        .isEqualTo(WireTime.Form.ISO_WITH_OFFSET);
    assertThat(update.type()).isEqualTo("agent_status");
  }

  @Test
  void builderKeepsWhatItIsTold() {
    Instant when = Instant.parse("2026-11-22T22:40:00.500Z");
    AgentStatusUpdate update = AgentStatusUpdate.builder("a-1", "Indexer")
        .status(AgentStatus.COMPLETED)
        .progress(99.5)
        .message("Done")
        .timestamp(when)
        .metadata("task_id", "t-9")
        .metadata(Map.of("list", List.of(1, 2)))
        .metadata("nothing", null)
        .build();
    assertThat(update.statusText()).isEqualTo("COMPLETED");
    assertThat(update.progress()).isEqualTo(99.5);
    assertThat(update.timestamp()).isEqualTo(WireTime.iso(when));
    assertThat(update.metadata())
        .containsEntry("task_id", "t-9")
        .containsEntry("list", List.of(1, 2))
        .containsEntry("nothing", null);
  }

  @Test
  void oneBuilderMayBuildSeveralUpdates() {
    AgentStatusUpdate.Builder builder = AgentStatusUpdate.builder("a-1", "Indexer");
    AgentStatusUpdate first = builder.metadata("step", 1).build();
    AgentStatusUpdate second = builder.metadata("step", 2).build();
    assertThat(first.metadata()).containsEntry("step", 1);
    assertThat(second.metadata()).containsEntry("step", 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.01, Double.NaN, Double.POSITIVE_INFINITY, -1e300})
  void progressIsAPercentage(double progress) {
    AgentStatusUpdate.Builder builder = AgentStatusUpdate.builder("a-1", "Indexer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.progress(progress))
        .withMessageContaining("0 to 100");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without a null checker may do
  void mistakesAreToldWithTheNextStep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentStatusUpdate.builder("", "Indexer"))
        .withMessageContaining("Give every agent an id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentStatusUpdate.builder("a", "Indexer").status(AgentStatus.UNKNOWN))
        .withMessageContaining("Publish one of the other statuses");
    assertThatNullPointerException()
        .isThrownBy(() -> AgentStatusUpdate.builder("a", "Indexer").status(null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentStatusUpdate.builder("a", "Indexer")
            .metadata("when", Instant.EPOCH)
            .build())
        .withMessageContaining("java.time.Instant");
  }

  @Test
  void metadataOfARecordIsCopied() {
    Map<String, Object> metadata = new HashMap<>(Map.of("a", 1));
    AgentStatusUpdate update =
        new AgentStatusUpdate("a", "n", AgentStatus.IDLE, "idle", 0, "", null, metadata);
    metadata.put("b", 2);
    assertThat(update.metadata()).containsOnlyKeys("a");
  }
}

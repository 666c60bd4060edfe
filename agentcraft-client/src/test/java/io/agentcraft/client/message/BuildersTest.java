package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Builders set each component, and nothing else by default. */
class BuildersTest {

  private static final WireTime START = WireTime.ofSeconds(1795389935.5);
  private static final WireTime END = WireTime.ofSeconds(1795389936.5);

  @Test
  void agentState() {
    assertThat(AgentState.builder("A").build())
        .isEqualTo(new AgentState(null, "A", AgentStatus.IDLE, "IDLE", 0, null, null, null, null));
    AgentState agent = AgentState.builder("A")
        .agentId("agent_0")
        .status("finished")
        .progress(100)
        .currentTask("t")
        .details(Details.of("d"))
        .startedAt(START)
        .updatedAt(END)
        .build();
    assertThat(agent)
        .isEqualTo(new AgentState(
            "agent_0",
            "A",
            AgentStatus.COMPLETED,
            "finished",
            100,
            "t",
            Details.of("d"),
            START,
            END));
    assertThat(agent.toBuilder().build()).isEqualTo(agent);
    assertThat(agent.toBuilder().status(AgentStatus.ERROR).build().statusText()).isEqualTo("ERROR");
  }

  @Test
  void sessionSnapshot() {
    assertThat(SessionSnapshot.builder("s").build())
        .isEqualTo(
            new SessionSnapshot("s", "", "", 0, List.of(), List.of(), null, List.of(), null, null));
    AgentState agent = AgentState.builder("A").build();
    assertThat(SessionSnapshot.builder("s")
            .query("q")
            .currentPhase("p")
            .overallProgress(66.5)
            .activeAgents(List.of(agent))
            .crewOutput(Arrays.asList("out", null, Map.of("a", 1)))
            .totalAgents(2)
            .completedAgents(List.of("B"))
            .startedAt(START)
            .estimatedCompletion(END)
            .build())
        .isEqualTo(new SessionSnapshot(
            "s",
            "q",
            "p",
            66.5,
            List.of(agent),
            Arrays.asList("out", null, Map.of("a", 1)),
            2,
            List.of("B"),
            START,
            END));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionSnapshot.builder("s").crewOutput(List.of(Instant.EPOCH)))
        .withMessageContaining("java.time.Instant");
  }

  @Test
  void logEntry() {
    assertThat(LogEntry.builder().build())
        .isEqualTo(new LogEntry(null, null, null, null, null, null, null, null));
    assertThat(LogEntry.builder()
            .timestamp(START)
            .level("info")
            .type("agent_activity")
            .agent("A")
            .status("processing")
            .task("t")
            .message("m")
            .details(Details.EMPTY)
            .build())
        .isEqualTo(new LogEntry(
            START, "info", "agent_activity", "A", "processing", "t", "m", Details.EMPTY));
  }
}

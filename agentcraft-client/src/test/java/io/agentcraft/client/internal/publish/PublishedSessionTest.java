package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.publish.PublishedSession.Agent;
import io.agentcraft.client.internal.publish.PublishedSession.End;
import io.agentcraft.client.internal.publish.PublishedSession.Output;
import io.agentcraft.client.message.AgentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedSessionTest {

  private static final Instant NOW = Instant.EPOCH;

  private final PublishedSession empty = PublishedSession.started("s", "query", NOW);

  private static Agent agent(String name, AgentStatus status, double progress) {
    return Agent.idle(PublishedRun.update(name, name, AgentStatus.IDLE, 0, "", Map.of(), NOW), NOW)
        .with(PublishedRun.update(name, name, status, progress, "task", Map.of(), NOW), null, NOW);
  }

  /** Agents as {@code STATUS progress}, with commas between them. */
  private PublishedSession with(String agents) {
    PublishedSession session = empty;
    for (String each : agents.isEmpty() ? new String[0] : agents.split(", ", -1)) {
      String[] parts = each.split(" ", -1);
      session = session.add(agent(
          "agent " + session.agents().size(),
          AgentStatus.valueOf(parts[0]),
          Double.parseDouble(parts[1])));
    }
    return session;
  }

  @ParameterizedTest
  @CsvSource({
    "'',                              0,    '',      ''",
    "'PROCESSING 40',                 40,   '',      0",
    "'PROCESSING 40, IDLE 0',         20,   '',      0",
    "'PROCESSING 40, COMPLETED 100',  70,   agent 1, 0",
    "'COMPLETED 100, COMPLETED 100',  100,  'agent 0 agent 1', ''",
    "'ERROR 50, COLLABORATING 0',     25,   '',      1",
    "'COMPLETING 99, ANALYZING 1',    50,   '',      '0 1'"
  })
  void progressAndCompletedAgentsAreThoseOfTheBackend(
      String agents, double progress, String completed, String atWork) {
    PublishedSession session = with(agents);
    assertThat(session.overallProgress()).isEqualTo(progress);
    assertThat(String.join(" ", session.completedAgents())).isEqualTo(completed);
    assertThat(String.join(" ", session.atWork().stream().map(String::valueOf).toList()))
        .isEqualTo(atWork);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, 100, writing,   false",
    "FAILED,    20,  writing,   true",
    "CANCELLED, 20,  cancelled, false"
  })
  void anEnd(End.Outcome outcome, double progress, String phase, boolean failure) {
    PublishedSession ended =
        with("PROCESSING 40, IDLE 0").enter("writing").end(new End(outcome, "text"));
    assertThat(ended.overallProgress()).isEqualTo(progress);
    assertThat(ended.phase()).isEqualTo(phase);
    assertThat(ended.end()).isEqualTo(new End(outcome, "text"));
    assertThat(new End(outcome, "text").isFailure()).isEqualTo(failure);
  }

  @Test
  void theNewestOutputsAreKeptAndKnownByTheirNumber() {
    PublishedSession session = empty;
    for (int i = 0; i < 60; i++) {
      session = session.add("output", "line " + i, null, NOW);
    }
    assertThat(session.outputs()).hasSize(50);
    assertThat(session.outputCount()).isEqualTo(60);
    assertThat(session.outputs().get(0).content()).isEqualTo("line 10");
    assertThat(session.outputsAfter(58))
        .extracting(Output::content)
        .containsExactly("line 58", "line 59");
    assertThat(session.outputsAfter(60)).isEmpty();
    assertThat(session.outputsAfter(0)).hasSize(50);
  }

  @Test
  void aChangeIsAnotherSession() {
    PublishedSession before = with("PROCESSING 40, IDLE 0");
    PublishedSession after = before.change(1, agent("agent 1", AgentStatus.ERROR, 3));
    assertThat(before.lastChanged()).isEqualTo(-1);
    assertThat(before.agents().get(1).update().status()).isEqualTo(AgentStatus.IDLE);
    assertThat(after.lastChanged()).isEqualTo(1);
    assertThat(after.agents())
        .extracting(agent -> agent.update().status())
        .isEqualTo(List.of(AgentStatus.PROCESSING, AgentStatus.ERROR));
  }

  @Test
  void anAgentStartsWhenItBeginsToWork() {
    Agent idle =
        Agent.idle(PublishedRun.update("a", "a", AgentStatus.IDLE, 0, "", Map.of(), NOW), NOW);
    Instant later = NOW.plusSeconds(5);
    Agent stillIdle = idle.with(idle.update(), null, later);
    Agent working = stillIdle.with(
        PublishedRun.update("a", "a", AgentStatus.ANALYZING, 0, "", Map.of(), later), null, later);
    Agent more = working.with(working.update(), "details", later.plusSeconds(1));
    assertThat(stillIdle.startedAt()).isNull();
    assertThat(working.startedAt()).isEqualTo(later);
    assertThat(more.startedAt()).isEqualTo(later);
    assertThat(more.updatedAt()).isEqualTo(later.plusSeconds(1));
  }
}

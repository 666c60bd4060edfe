package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.WIRE;
import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.answer;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.documented;
import static io.agentcraft.client.view.BoardFixture.event;
import static io.agentcraft.client.view.BoardFixture.sessionAgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardSessionsTest {

  private final BoardFixture on = new BoardFixture();

  @Test
  void theDocumentedListHasQueryStatusAndActiveAgents() {
    on.feed(active(documented("s")));

    SessionView session = session("s");
    assertThat(session.query()).isEqualTo("How?");
    assertThat(session.status()).isEqualTo("processing");
    assertThat(session.displayStatus()).isEqualTo("processing");
    assertThat(session.agentsActive()).isEqualTo(2);
    assertThat(session.progress()).isNaN();
    assertThat(session.displayProgress()).isZero();
    assertThat(session.snapshotReceived()).isFalse();
  }

  @Test
  void theDeployedListHasPhaseProgressAndTotalAgents() {
    on.feed(active(deployed("s")));

    SessionView session = session("s");
    assertThat(session.phase()).isEqualTo("execution");
    assertThat(session.displayStatus()).isEqualTo("execution");
    assertThat(session.progress()).isEqualTo(40.5);
    assertThat(session.totalAgents()).isEqualTo(3);
    assertThat(session.startedAt()).isEqualTo(WireTime.epoch(WIRE));
  }

  @Test
  void theServersOwnCountIsKept() {
    BoardSnapshot snapshot = on.feed(new ActiveSessions(null, 7, List.of(documented("s"))));

    assertThat(snapshot.totalSessions()).isEqualTo(7);
    assertThat(snapshot.sessions()).hasSize(1);
  }

  @Test
  void anEventHasTheWholeSession() {
    on.feed(
        event(SessionEvent.Kind.PHASE_UPDATE, "s", sessionAgent("agent_0", "A", AgentStatus.IDLE)));

    SessionView session = session("s");
    assertThat(session.phase()).isEqualTo("execution");
    assertThat(session.progress()).isEqualTo(66.6);
    assertThat(session.totalAgents()).isEqualTo(1);
    assertThat(session.completedAgents()).containsExactly("Done Agent");
    assertThat(session.crewOutput()).isEqualTo(List.of(Map.of("type", "thought")));
    assertThat(session.estimatedCompletion()).isEqualTo(WireTime.epoch(WIRE.plusSeconds(60)));
    assertThat(session.lastEvent()).isEqualTo(SessionEvent.Kind.PHASE_UPDATE);
    assertThat(session.agents()).singleElement().satisfies(agent -> {
      assertThat(agent.id()).isEqualTo("agent_0");
      assertThat(agent.sessionId()).isEqualTo("s");
      assertThat(agent.statusSince()).isEqualTo(WIRE);
    });
  }

  @Test
  void aResponseKeepsTheFieldsThatOnlyEventsHave() {
    on.feed(
        event(SessionEvent.Kind.CREW_OUTPUT, "s", sessionAgent("agent_0", "A", AgentStatus.IDLE)),
        answer("s", sessionAgent(null, "A", AgentStatus.IDLE)));

    SessionView session = session("s");
    assertThat(session.phase()).isEqualTo("processing");
    assertThat(session.crewOutput()).isEqualTo(List.of("out"));
    assertThat(session.totalAgents()).isEqualTo(1);
    assertThat(session.completedAgents()).containsExactly("Done Agent");
    assertThat(session.startedAt()).isEqualTo(WireTime.epoch(WIRE));
    assertThat(session.estimatedCompletion()).isNotNull();
    assertThat(session.lastEvent()).isEqualTo(SessionEvent.Kind.CREW_OUTPUT);
    assertThat(session.agents()).extracting(AgentView::id).containsExactly("agent_0");
  }

  @Test
  void theSessionRequestedLastIsTheCurrentOne() {
    assertThat(on.board.snapshot().currentSession()).isEmpty();

    on.feed(answer("s1"), answer("s2"), event(SessionEvent.Kind.PHASE_UPDATE, "s1"));

    assertThat(on.board.snapshot().currentSession()).map(SessionView::sessionId).hasValue("s2");
  }

  @Test
  void displayStatusIsTheMoreRecentOfStatusAndPhase() {
    on.feed(answer("s"));
    on.feed(active(SessionSummary.documented("s", "How?", "completed", 0)));
    assertThat(session("s").displayStatus()).isEqualTo("completed");

    on.feed(answer("s"));
    assertThat(session("s").displayStatus()).isEqualTo("processing");
    assertThat(session("s").status()).isEqualTo("completed");
  }

  @Test
  void aSessionKnownFromListsOnlyIsDroppedWithTheList() {
    on.feed(active(documented("s1"), deployed("s2")), active(deployed("s2")));

    assertThat(on.board.snapshot().sessions()).containsOnlyKeys("s2");
  }

  @Test
  void aSessionWhoseStateWasSeenStaysMarkedAsRemoved() {
    on.feed(answer("s1"), active(documented("s1"), documented("s2")), active(documented("s2")));

    BoardSnapshot snapshot = on.board.snapshot();
    assertThat(session("s1").removed()).isTrue();
    assertThat(session("s2").removed()).isFalse();
    assertThat(snapshot.activeSessions()).extracting(SessionView::sessionId).containsExactly("s2");
  }

  @Test
  void aSessionWithANewMessageIsNotRemoved() {
    on.feed(answer("s"), active());
    assertThat(session("s").removed()).isTrue();
    on.feed(event(SessionEvent.Kind.PHASE_UPDATE, "s"));
    assertThat(session("s").removed()).isFalse();

    on.feed(active(), active(documented("s")));
    assertThat(session("s").removed()).isFalse();
  }

  @Test
  void sessionNotFoundHasTheEffectOfAMissingListEntry() {
    on.feed(answer("seen"), active(documented("listed"), documented("seen")));

    BoardSnapshot snapshot = on.feed(
        new SessionNotFound("seen", null),
        new SessionNotFound("listed", null),
        new SessionNotFound("never received of", null));

    assertThat(snapshot.sessions()).containsOnlyKeys("seen");
    assertThat(session("seen").removed()).isTrue();
  }

  @Test
  void anAgentOfASessionKeepsStatusSinceAcrossSnapshots() {
    Instant first = on.now();
    on.feed(answer(
        "s", sessionAgent(null, "A", AgentStatus.IDLE), sessionAgent(null, "B", AgentStatus.IDLE)));
    on.passes(Duration.ofSeconds(2));
    on.feed(answer(
        "s",
        sessionAgent(null, "B", AgentStatus.IDLE),
        sessionAgent(null, "A", AgentStatus.ERROR)));

    assertThat(session("s").agents())
        .extracting(AgentView::name, AgentView::statusSince)
        .containsExactly(tuple("B", first), tuple("A", on.now()));
  }

  @Test
  void agentsOfTheSameNameInASessionAreDistinct() {
    Instant first = on.now();
    on.feed(answer(
        "s",
        sessionAgent(null, "A", AgentStatus.IDLE),
        sessionAgent(null, "A", AgentStatus.ERROR)));
    on.passes(Duration.ofSeconds(2));
    on.feed(answer(
        "s",
        sessionAgent(null, "A", AgentStatus.IDLE),
        sessionAgent(null, "A", AgentStatus.ERROR)));

    assertThat(session("s").agents()).extracting(AgentView::statusSince).containsOnly(first);
  }

  @Test
  void theSameAgentIdInTwoSessionsIsTwoAgents() {
    on.feed(
        event(
            SessionEvent.Kind.SESSION_STARTED,
            "s1",
            sessionAgent("agent_0", "A", AgentStatus.IDLE)),
        event(
            SessionEvent.Kind.SESSION_STARTED,
            "s2",
            sessionAgent("agent_0", "B", AgentStatus.ERROR)));

    assertThat(session("s1").agents()).extracting(AgentView::name).containsExactly("A");
    assertThat(session("s2").agents()).extracting(AgentView::name).containsExactly("B");
    assertThat(on.board.snapshot().agents()).isEmpty();
  }

  private SessionView session(String id) {
    return on.board.snapshot().session(id).orElseThrow();
  }
}

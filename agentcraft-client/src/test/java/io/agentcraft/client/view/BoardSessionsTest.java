package io.agentcraft.client.view;

import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_COMPLETE;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_COMPLETED;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_ERROR;
import static io.agentcraft.client.view.BoardFixture.WIRE;
import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.answer;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.documented;
import static io.agentcraft.client.view.BoardFixture.event;
import static io.agentcraft.client.view.BoardFixture.sessionAgent;
import static io.agentcraft.client.view.BoardFixture.statusIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.SessionView.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
  void theCountFollowsEveryMessage() {
    assertThat(on.feed(
                new ActiveSessions(null, 7, List.of(deployed("s"))),
                event(SessionEvent.Kind.PHASE_UPDATE, "s"))
            .totalSessions())
        .as("an event of a listed session")
        .isEqualTo(7);
    assertThat(on.feed(event(SessionEvent.Kind.SESSION_STARTED, "published")).totalSessions())
        .as("a session that no list has")
        .isEqualTo(8);
    assertThat(on.feed(statusIn("told", "a", AgentStatus.PROCESSING, Map.of())).totalSessions())
        .as("a session that an agent tells of")
        .isEqualTo(9);
    assertThat(on.feed(event(SESSION_COMPLETED, "published")).totalSessions())
        .as("its end, after which no list removes it")
        .isEqualTo(8);
    assertThat(on.feed(event(SESSION_COMPLETED, "s")).totalSessions())
        .as("the end of a session that the server still has")
        .isEqualTo(8);
    assertThat(on.feed(new SessionNotFound("s", null)).totalSessions())
        .as("a session that the server no longer has")
        .isEqualTo(7);
    assertThat(on.feed(active()).totalSessions()).as("an empty list").isEqualTo(1);
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
    assertThat(on.board.snapshot().agents()).hasSize(2);
  }

  @Test
  void aPublishedSessionIsOnNoListAndStays() {
    on.feed(
        event(SessionEvent.Kind.SESSION_STARTED, "told by event"),
        statusIn("told by agent", "1", AgentStatus.PROCESSING, Map.of()),
        active(documented("listed")),
        new SessionNotFound("told by event", null),
        new SessionNotFound("told by agent", null));

    assertThat(on.board.snapshot().activeSessions())
        .extracting(SessionView::sessionId)
        .containsExactly("told by event", "told by agent", "listed");
  }

  @Test
  void theMetadataOfAnAgentTellsOfItsSession() {
    on.feed(
        statusIn(
            "s",
            "1",
            AgentStatus.PROCESSING,
            Map.of("session_query", "Why?", "session_phase", "draft", "task_id", 7)),
        statusIn(
            "s",
            "2",
            AgentStatus.COMPLETED,
            Map.of(
                "session_status", "active",
                "details", "by hand",
                "session_output", List.of(Map.of("type", "text", "content", "Because")))));

    SessionView session = session("s");
    assertThat(session.query()).isEqualTo("Why?");
    assertThat(session.phase()).isEqualTo("draft");
    assertThat(session.displayStatus()).isEqualTo("draft");
    assertThat(session.progress()).isEqualTo(75);
    assertThat(session.totalAgents()).isEqualTo(2);
    assertThat(session.completedAgents()).containsExactly("Agent 2");
    assertThat(session.crewOutput())
        .isEqualTo(List.of(Map.of("type", "text", "content", "Because")));
    assertThat(session.isEnded()).isFalse();
    assertThat(session.agents())
        .extracting(AgentView::id, AgentView::sessionId, AgentView::details, AgentView::metadata)
        .containsExactly(
            tuple("1", "s", null, Map.of("task_id", 7)),
            tuple("2", "s", Details.of("by hand"), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void anEndOfASessionEndsItsAgents(
      String how, ServerMessage end, Outcome outcome, @Nullable String reason) {
    on.feed(
        statusIn("s", "1", AgentStatus.PROCESSING, Map.of()),
        statusIn("s", "2", AgentStatus.IDLE, Map.of()),
        statusIn("s", "3", AgentStatus.COMPLETED, Map.of()),
        statusIn("s", "4", AgentStatus.ERROR, Map.of()));

    on.feed(end);

    SessionView session = session("s");
    assertThat(session.outcome()).isEqualTo(outcome);
    boolean completed = outcome == Outcome.COMPLETED;
    assertThat(completed ? session.result() : session.error()).isEqualTo(reason);
    assertThat(completed ? session.error() : session.result()).isNull();
    assertThat(session.agents())
        .filteredOn(agent -> !agent.id().equals("5"))
        .extracting(AgentView::status)
        .containsExactlyInAnyOrder(
            completed ? AgentStatus.COMPLETED : AgentStatus.ERROR,
            completed ? AgentStatus.COMPLETED : AgentStatus.IDLE,
            AgentStatus.COMPLETED,
            AgentStatus.ERROR);
    AgentView first = on.board.snapshot().agent("1").orElseThrow();
    assertThat(first.progress()).isEqualTo(completed ? 100 : 50);
    assertThat(first.details()).isEqualTo(completed || reason == null ? null : Details.of(reason));
    assertThat(session.displayProgress()).isEqualTo(completed ? 100 : session.displayProgress());
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of("event", end(SESSION_COMPLETED, Map.of()), Outcome.COMPLETED, null),
        Arguments.of(
            "event with a result",
            end(SESSION_COMPLETED, Map.of("result", "42")),
            Outcome.COMPLETED,
            "42"),
        Arguments.of(
            "the other spelling",
            end(SESSION_COMPLETE, Map.of("result", 42)),
            Outcome.COMPLETED,
            "42"),
        Arguments.of("error", end(SESSION_ERROR, Map.of()), Outcome.FAILED, null),
        Arguments.of(
            "error with a reason",
            end(SESSION_ERROR, Map.of("error", "no disk")),
            Outcome.FAILED,
            "no disk"),
        Arguments.of(
            "documented list",
            active(SessionSummary.documented("s", "How?", "Completed", 0)),
            Outcome.COMPLETED,
            null),
        Arguments.of(
            "deployed list",
            active(SessionSummary.deployed("s", "error", 10, 4, null)),
            Outcome.FAILED,
            null),
        Arguments.of(
            "answer",
            new SessionState(
                "s",
                SessionSnapshot.builder("s").currentPhase("cancelled").build(),
                WireTime.ofSeconds(740)),
            Outcome.COMPLETED,
            null),
        Arguments.of(
            "another agent",
            statusIn(
                "s",
                "5",
                AgentStatus.COMPLETED,
                Map.of("session_status", "completed", "session_result", "42")),
            Outcome.COMPLETED,
            "42"),
        Arguments.of(
            "another agent that failed",
            statusIn(
                "s",
                "5",
                AgentStatus.ERROR,
                Map.of("session_status", "failed", "session_error", "no disk")),
            Outcome.FAILED,
            "no disk"));
  }

  @Test
  void theFirstEndCountsAndNothingLateUndoesIt() {
    on.feed(
        event(
            SessionEvent.Kind.SESSION_STARTED, "s", sessionAgent("0", "A", AgentStatus.ANALYZING)),
        end(SESSION_COMPLETED, Map.of("result", "42")),
        end(SESSION_COMPLETE, Map.of("result", "42")),
        end(SESSION_ERROR, Map.of("error", "too late")),
        answer("s", sessionAgent(null, "A", AgentStatus.ANALYZING)),
        active(deployed("s")));

    assertThat(session("s").outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(session("s").result()).isEqualTo("42");
    assertThat(session("s").error()).isNull();
    assertThat(session("s").agents())
        .extracting(AgentView::status)
        .containsExactly(AgentStatus.COMPLETED);
  }

  @Test
  void aSessionMayRunAgain() {
    on.feed(
        event(
            SessionEvent.Kind.SESSION_STARTED, "s", sessionAgent("0", "A", AgentStatus.ANALYZING)),
        end(SESSION_COMPLETED, Map.of("result", "42")),
        event(SessionEvent.Kind.SESSION_STARTED, "s", sessionAgent("0", "A", AgentStatus.IDLE)));

    assertThat(session("s").isEnded()).isFalse();
    assertThat(session("s").result()).isNull();
    assertThat(session("s").agents())
        .extracting(AgentView::status)
        .containsExactly(AgentStatus.IDLE);
  }

  @Test
  void aPhaseThatIsNamedLikeAnEndIsNoneWhileAgentsAreAtWork() {
    SessionSnapshot.Builder state = SessionSnapshot.builder("s").currentPhase("completed");
    AgentState working = sessionAgent("0", "A", AgentStatus.PROCESSING);
    AgentState done = sessionAgent("0", "A", AgentStatus.COMPLETED);

    on.feed(new SessionEvent(
        SessionEvent.Kind.PHASE_UPDATE,
        "s",
        state.activeAgents(List.of(working)).build(),
        null,
        Map.of()));
    assertThat(session("s").isEnded()).isFalse();

    on.feed(new SessionEvent(
        SessionEvent.Kind.PHASE_UPDATE,
        "s",
        state.activeAgents(List.of(done)).build(),
        null,
        Map.of()));
    assertThat(session("s").outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void anAgentThatASnapshotLacksStays() {
    on.feed(
        event(
            SessionEvent.Kind.SESSION_STARTED,
            "s",
            sessionAgent("0", "A", AgentStatus.IDLE),
            sessionAgent("1", "B", AgentStatus.PROCESSING)),
        event(SessionEvent.Kind.PHASE_UPDATE, "s", sessionAgent("1", "B", AgentStatus.COMPLETED)));

    assertThat(session("s").agents())
        .extracting(AgentView::name, AgentView::status)
        .containsExactly(tuple("B", AgentStatus.COMPLETED), tuple("A", AgentStatus.IDLE));
  }

  @Test
  void aSessionKeepsOnlySoManyAgentsThatNoSnapshotLists() {
    BoardFixture small = new BoardFixture(TrackingBoard.builder().maxAgents(2));

    small.feed(
        statusIn("s", "1", AgentStatus.PROCESSING, Map.of()),
        statusIn("s", "2", AgentStatus.PROCESSING, Map.of()),
        statusIn("s", "3", AgentStatus.PROCESSING, Map.of()));
    assertThat(small.board.snapshot().agents()).extracting(AgentView::id).containsExactly("2", "3");

    small.feed(
        event(SessionEvent.Kind.PHASE_UPDATE, "s", sessionAgent("4", "D", AgentStatus.COMPLETED)));
    assertThat(small.board.snapshot().agents()).extracting(AgentView::id).containsExactly("4", "2");
  }

  private static SessionEvent end(SessionEvent.Kind kind, Map<String, Object> data) {
    return new SessionEvent(kind, "s", SessionSnapshot.builder("s").build(), null, data);
  }

  private SessionView session(String id) {
    return on.board.snapshot().session(id).orElseThrow();
  }
}

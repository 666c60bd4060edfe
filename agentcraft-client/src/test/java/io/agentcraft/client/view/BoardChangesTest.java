package io.agentcraft.client.view;

import static io.agentcraft.client.message.SessionEvent.Kind.AGENT_STATUS_UPDATE;
import static io.agentcraft.client.message.SessionEvent.Kind.CREW_OUTPUT;
import static io.agentcraft.client.message.SessionEvent.Kind.PHASE_UPDATE;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_COMPLETE;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_COMPLETED;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_ERROR;
import static io.agentcraft.client.message.SessionEvent.Kind.SESSION_STARTED;
import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.documented;
import static io.agentcraft.client.view.BoardFixture.statusIn;
import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentChange.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of each message is reported as a change. */
class BoardChangesTest {

  private final BoardFixture on =
      new BoardFixture(TrackingBoard.builder().staleAfter(Duration.ofSeconds(60)));
  private final List<AgentChange> agents = new ArrayList<>();
  private final List<SessionChange> sessions = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  BoardChangesTest() {
    on.board.onAgentChange(agents::add);
    on.board.onSessionChange(sessions::add);
    on.board.onAgentChange(change -> heard.add(line(change)));
    on.board.onSessionChange(change -> heard.add(line(change)));
  }

  /** One line for each change, as somebody would print it. */
  static String line(AgentChange change) {
    AgentView now = change.now();
    return (change.isStart() ? "+" : "") + (change.isEnd() ? "-" : "")
        + now.displayName() + " " + now.status() + " " + Math.round(now.displayProgress()) + " "
        + now.message() + (now.details() == null ? "" : " (" + now.details().text() + ")");
  }

  static String line(SessionChange change) {
    SessionView now = change.now();
    return switch (change.kind()) {
      case STARTED -> "session started " + now.query();
      case PHASE -> "session " + now.displayStatus();
      case PROGRESS -> "session " + Math.round(now.displayProgress()) + " %";
      case OUTPUT -> "session output " + change.newOutput();
      case COMPLETED -> "session completed " + now.result();
      case FAILED -> "session failed " + now.error();
      case REMOVED -> "session removed";
    };
  }

  // The same story on both forms

  @Test
  void aStoryOfEvents() {
    AgentState idle = agent("Writer", AgentStatus.IDLE, 0, null, null);
    AgentState busy = agent("Writer", AgentStatus.PROCESSING, 40, "Drafting", "tool: pen");
    AgentState done = agent("Writer", AgentStatus.COMPLETED, 100, "Drafting", null);
    Map<String, String> text = Map.of("content", "Once");

    on.feed(
        told(SESSION_STARTED, Map.of(), "", 0, List.of(), idle),
        told(AGENT_STATUS_UPDATE, Map.of(), "", 40, List.of(), busy),
        told(SESSION_STARTED, Map.of(), "", 40, List.of(), busy),
        told(AGENT_STATUS_UPDATE, Map.of(), "", 40, List.of(), busy),
        told(PHASE_UPDATE, Map.of(), "draft", 40, List.of(), busy),
        told(CREW_OUTPUT, Map.of(), "draft", 40, List.of(text), busy),
        told(AGENT_STATUS_UPDATE, Map.of(), "draft", 100, List.of(text), done),
        told(SESSION_COMPLETED, Map.of("result", "A tale"), "completed", 100, List.of(text), done),
        told(SESSION_COMPLETE, Map.of("result", "A tale"), "completed", 100, List.of(text), done));

    assertThat(heard)
        .containsExactly(
            "session started Why?",
            "+Writer IDLE 0 ",
            "Writer PROCESSING 40 Drafting (tool: pen)",
            "session 40 %",
            "session draft",
            "session output [{content=Once}]",
            "-Writer COMPLETED 100 Drafting",
            "session 100 %",
            "session completed A tale");
  }

  @Test
  void theSameStoryOfStatuses() {
    Map<String, String> text = Map.of("content", "Once");

    on.feed(
        status(AgentStatus.IDLE, 0, "", Map.of()),
        status(AgentStatus.PROCESSING, 40, "Drafting", Map.of("details", "tool: pen")),
        status(AgentStatus.PROCESSING, 40, "Drafting", Map.of("details", "tool: pen")),
        status(
            AgentStatus.PROCESSING,
            40,
            "Drafting",
            Map.of("details", "tool: pen", "session_phase", "draft")),
        status(
            AgentStatus.PROCESSING,
            40,
            "Drafting",
            Map.of(
                "details", "tool: pen",
                "session_phase", "draft",
                "session_output", List.of(text))),
        status(
            AgentStatus.COMPLETED,
            100,
            "Drafting",
            Map.of("session_phase", "draft", "session_status", "active")),
        status(
            AgentStatus.COMPLETED,
            100,
            "Drafting",
            Map.of("session_status", "completed", "session_result", "A tale")));

    assertThat(heard)
        .containsExactly(
            "session started Why?",
            "+Writer IDLE 0 ",
            "Writer PROCESSING 40 Drafting (tool: pen)",
            "session 40 %",
            "session draft",
            "session output [{content=Once}]",
            "-Writer COMPLETED 100 Drafting",
            "session 100 %",
            "session completed A tale");
  }

  @Test
  void whatALastEventBringsIsReportedWithItsEnd() {
    on.feed(
        told(SESSION_STARTED, Map.of(), "draft", 0, List.of(), busy("A"), busy("B")),
        told(SESSION_ERROR, Map.of("error", "no ink"), "error", 0, List.of("half"), busy("A")));

    assertThat(heard)
        .containsExactly(
            "session started Why?",
            "+A PROCESSING 40 ",
            "+B PROCESSING 40 ",
            "-A ERROR 40  (no ink)",
            "-B ERROR 40  (no ink)",
            "session output [half]",
            "session failed no ink");
  }

  // Ends

  static Stream<Arguments> endsSeenLate() {
    AgentState done = agent("A", AgentStatus.COMPLETED, 100, null, null);
    SessionSnapshot state = SessionSnapshot.builder("s")
        .currentPhase("completed")
        .overallProgress(Double.NaN)
        .activeAgents(List.of(done))
        .build();
    return Stream.of(
        Arguments.of("answer", new SessionState("s", state, null)),
        Arguments.of(
            "deployed list", active(SessionSummary.deployed("s", "completed", 100, 1, null))),
        Arguments.of(
            "documented list", active(SessionSummary.documented("s", "Why?", "completed", 0))),
        Arguments.of("event", new SessionEvent(CREW_OUTPUT, "s", state, null, Map.of())),
        Arguments.of("last event", new SessionEvent(SESSION_COMPLETE, "s", state, null, Map.of())),
        Arguments.of(
            "status",
            statusIn("s", "id-A", AgentStatus.COMPLETED, Map.of("session_status", "completed"))));
  }

  @ParameterizedTest
  @MethodSource("endsSeenLate")
  void anEndMissedInAnOutageIsReportedOnceByWhateverShowsIt(String how, ServerMessage message) {
    on.connect();
    on.feed(told(SESSION_STARTED, Map.of(), "draft", 0, List.of(), busy("A")));
    on.lose();
    on.connect();

    on.feed(message, message);
    endsSeenLate().forEach(later -> on.feed((ServerMessage) later.get()[1]));

    assertThat(agents).filteredOn(AgentChange::isEnd).hasSize(1);
    assertThat(sessions)
        .filteredOn(SessionChange::isEnd)
        .extracting(SessionChange::kind)
        .containsExactly(SessionChange.Kind.COMPLETED);
    assertThat(agents).filteredOn(AgentChange::isStart).hasSize(1);
  }

  @Test
  void aNewRunHasAnEndOfItsOwn() {
    on.feed(
        update("a", AgentStatus.PROCESSING, null),
        update("a", AgentStatus.COMPLETED, null),
        update("a", AgentStatus.COMPLETED, WireTime.epoch(on.now())),
        update("a", AgentStatus.ERROR, null),
        update("a", AgentStatus.PROCESSING, null),
        update("a", AgentStatus.ERROR, null));

    assertThat(agents)
        .extracting(change ->
            change.now().status() + (change.isStart() ? "+" : "") + (change.isEnd() ? "-" : ""))
        .containsExactly("PROCESSING+", "COMPLETED-", "ERROR", "PROCESSING+", "ERROR-");
  }

  @Test
  void anAgentFirstSeenAtItsEndStartsAndEnds() {
    on.feed(update("a", AgentStatus.COMPLETED, null));

    assertThat(agents).singleElement().matches(AgentChange::isStart).matches(AgentChange::isEnd);
  }

  @Test
  void aSessionThatRunsAgainStartsAgain() {
    on.feed(
        told(SESSION_STARTED, Map.of(), "", 0, List.of(), busy("A")),
        told(SESSION_COMPLETED, Map.of(), "", 100, List.of("x")),
        told(SESSION_STARTED, Map.of(), "", 0, List.of(), busy("A")),
        told(SESSION_ERROR, Map.of(), "", 0, List.of("x")));

    assertThat(sessions)
        .extracting(SessionChange::kind)
        .containsExactly(
            SessionChange.Kind.STARTED,
            SessionChange.Kind.OUTPUT,
            SessionChange.Kind.COMPLETED,
            SessionChange.Kind.STARTED,
            SessionChange.Kind.OUTPUT,
            SessionChange.Kind.FAILED);
    assertThat(agents).filteredOn(AgentChange::isEnd).hasSize(2);
  }

  // What changed

  static Stream<Arguments> changesOfAnAgent() {
    AgentStatusUpdate first = update("a", AgentStatus.PROCESSING, null);
    return Stream.of(
        Arguments.of(with(first, "processing", 50, "working", Map.of()), Set.of()),
        Arguments.of(with(first, "PROCESSING", Double.NaN, "working", Map.of()), Set.of()),
        Arguments.of(with(first, "", 50, "working", Map.of()), Set.of()),
        Arguments.of(with(first, "analyzing", 50, "working", Map.of()), Set.of(Field.STATUS)),
        Arguments.of(with(first, "dreaming", 50, "working", Map.of()), Set.of(Field.STATUS)),
        Arguments.of(with(first, "PROCESSING", 50.5, "working", Map.of()), Set.of(Field.PROGRESS)),
        Arguments.of(with(first, "PROCESSING", 50, "done", Map.of()), Set.of(Field.MESSAGE)),
        Arguments.of(
            with(first, "PROCESSING", 50, "working", Map.of("k", 1)), Set.of(Field.METADATA)),
        Arguments.of(
            with(first, "ERROR", -3, "", Map.of()),
            Set.of(Field.STATUS, Field.PROGRESS, Field.MESSAGE)));
  }

  @ParameterizedTest
  @MethodSource("changesOfAnAgent")
  void onlyWhatPeopleSeeIsAChange(AgentStatusUpdate second, Set<Field> changed) {
    on.feed(update("a", AgentStatus.PROCESSING, null));
    AgentChange start = agents.get(0);
    agents.clear();

    on.feed(second);

    assertThat(agents).hasSize(changed.isEmpty() ? 0 : 1);
    for (AgentChange change : agents) {
      assertThat(change.changed()).isEqualTo(changed);
      assertThat(change.before()).isEqualTo(start.now());
      assertThat(change.now()).isEqualTo(on.board.snapshot().agents().get(0));
      assertThat(change.cause()).isSameAs(second);
    }
  }

  @Test
  void progressBeyondItsBoundsIsOneChange() {
    on.feed(
        with(update("a", AgentStatus.PROCESSING, null), "PROCESSING", 100, "", Map.of()),
        with(update("a", AgentStatus.PROCESSING, null), "PROCESSING", 250, "", Map.of()));

    assertThat(agents).hasSize(1);
    assertThat(agents.get(0).changed()).containsExactly(Field.STATUS, Field.PROGRESS, Field.NAME);
  }

  @Test
  void detailsAreComparedAsText() {
    for (Details details : new Details[] {Details.of(""), Details.EMPTY, Details.of("x")}) {
      on.feed(told(
          AGENT_STATUS_UPDATE,
          Map.of(),
          "",
          0,
          List.of(),
          new AgentState("0", "A", AgentStatus.IDLE, "idle", 0, null, details, null, null)));
    }

    assertThat(agents).hasSize(2);
    assertThat(agents.get(1).changed()).containsExactly(Field.DETAILS);
  }

  @Test
  void anAgentThatASessionTurnsOutToListChangesItsSession() {
    on.feed(
        update("a", AgentStatus.PROCESSING, null),
        new SessionState(
            "s",
            SessionSnapshot.builder("s")
                .activeAgents(List.of(
                    AgentState.documented("Agent a", AgentStatus.PROCESSING, 50, "working")))
                .build(),
            null));

    assertThat(agents).hasSize(2);
    assertThat(agents.get(1).changed()).containsExactly(Field.SESSION);
    assertThat(agents.get(1).isStart()).isFalse();
  }

  @Test
  void aReconnectIsNoChange() {
    on.connect();
    on.feed(update("a", AgentStatus.PROCESSING, null), active(documented("s")));
    agents.clear();
    sessions.clear();

    on.lose();
    on.connect();
    on.feed(update("a", AgentStatus.PROCESSING, null), active(documented("s")), new Ping(null));

    assertThat(agents).isEmpty();
    assertThat(sessions).isEmpty();
  }

  @Test
  void outputIsReportedOnceWhateverBringsItInWhichOrder() {
    List<String> long1 = List.of("1", "2", "2", "3");
    on.feed(
        told(CREW_OUTPUT, Map.of(), "", 0, List.of("1", "2")),
        told(CREW_OUTPUT, Map.of(), "", 0, List.of("1", "2", "2", "3")),
        told(CREW_OUTPUT, Map.of(), "", 0, List.of("1", "2")),
        told(CREW_OUTPUT, Map.of(), "", 0, List.of()),
        new SessionState("s", SessionSnapshot.builder("s").crewOutput(long1).build(), null),
        told(CREW_OUTPUT, Map.of(), "", 0, List.of("2", "3", "4")));

    assertThat(sessions)
        .filteredOn(change -> change.kind() == SessionChange.Kind.OUTPUT)
        .extracting(SessionChange::newOutput)
        .containsExactly(List.of("1", "2"), List.of("2", "3"), List.of("4"));
  }

  // Removal

  @Test
  void aListedSessionIsRemovedOnceAndStartsWhenItComesBack() {
    on.feed(
        active(deployed("s")),
        active(),
        active(),
        new SessionNotFound("s", null),
        active(deployed("s")));

    assertThat(sessions)
        .extracting(SessionChange::kind)
        .containsExactly(
            SessionChange.Kind.STARTED, SessionChange.Kind.REMOVED, SessionChange.Kind.STARTED);
    assertThat(sessions.get(1).now().removed()).isTrue();
  }

  @Test
  void aPublishedSessionIsNotRemoved() {
    on.feed(
        told(SESSION_STARTED, Map.of(), "", 0, List.of(), busy("A")),
        statusIn("t", "1", AgentStatus.PROCESSING, Map.of()),
        active(),
        new SessionNotFound("s", null),
        new SessionNotFound("t", null));

    assertThat(sessions)
        .extracting(SessionChange::kind)
        .containsExactly(SessionChange.Kind.STARTED, SessionChange.Kind.STARTED);
  }

  // Silence

  @Test
  void silenceOfAnAgentAtWorkIsReportedOnceAndSoIsItsEnd() {
    on.feed(
        update("a", AgentStatus.PROCESSING, null),
        update("idle", AgentStatus.IDLE, null),
        told(SESSION_STARTED, Map.of(), "", 0, List.of(), busy("B")));
    assertThat(on.board.checkStale()).hasValue(Duration.ofSeconds(60));
    on.passes(Duration.ofSeconds(20));
    on.feed(update("a", AgentStatus.PROCESSING, null));
    agents.clear();

    on.passes(Duration.ofSeconds(40));
    assertThat(on.board.checkStale()).as("until a").hasValue(Duration.ofSeconds(20));
    assertThat(agents).singleElement().satisfies(change -> {
      assertThat(change.now().name()).isEqualTo("B");
      assertThat(change.now().stale()).isTrue();
      assertThat(change.changed()).containsExactly(Field.STALE);
      assertThat(change.cause()).isNull();
    });
    on.passes(Duration.ofSeconds(20));
    assertThat(on.board.checkStale()).isEmpty();
    assertThat(agents).extracting(change -> change.now().name()).containsExactly("B", "Agent a");
    assertThat(on.board.snapshot().agents()).filteredOn(AgentView::stale).hasSize(2);

    on.feed(update("a", AgentStatus.PROCESSING, null));
    assertThat(agents).hasSize(3);
    assertThat(agents.get(2).changed()).containsExactly(Field.STALE);
    assertThat(agents.get(2).now().stale()).isFalse();
    on.feed(update("a", AgentStatus.PROCESSING, null));
    assertThat(agents).hasSize(3);
  }

  @Test
  void withoutTheOptionSilenceIsNoChange() {
    BoardFixture plain = new BoardFixture();
    plain.board.onAgentChange(agents::add);
    plain.feed(update("a", AgentStatus.PROCESSING, null));
    plain.passes(Duration.ofDays(1));

    assertThat(plain.board.checkStale()).isEmpty();
    assertThat(agents).hasSize(1);
    assertThatThrownBy(() -> TrackingBoard.builder().staleAfter(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("staleAfter is PT0S");
  }

  // Listeners

  @Test
  void aListenerThatThrowsOrLeavesKeepsNoOtherFromItsChanges() {
    on.board.onAgentChange(change -> {
      throw new IllegalStateException("mine");
    });
    List<AgentChange> later = new ArrayList<>();
    var subscription = on.board.onAgentChange(later::add);

    assertThatThrownBy(() -> on.feed(update("a", AgentStatus.PROCESSING, null))).hasMessage("mine");
    subscription.close();
    assertThatThrownBy(() -> on.feed(update("a", AgentStatus.COMPLETED, null))).hasMessage("mine");

    assertThat(later).hasSize(1);
    assertThat(agents).hasSize(2);
  }

  @Test
  void changesAddUp() {
    on.feed(
        update("a", AgentStatus.PROCESSING, null),
        update("a", AgentStatus.ANALYZING, null),
        update("a", AgentStatus.PROCESSING, null),
        update("a", AgentStatus.COMPLETED, null));
    AgentChange start = agents.get(0);
    AgentChange there = agents.get(1);
    AgentChange back = agents.get(2);
    AgentChange end = agents.get(3);

    assertThat(there.then(back)).isNull();
    assertThat(back.then(end))
        .isEqualTo(new AgentChange(there.now(), end.now(), Set.of(Field.STATUS), end.cause()));
    assertThat(start.then(there)).matches(AgentChange::isStart);
    assertThat(start.then(end)).matches(AgentChange::isStart).matches(AgentChange::isEnd);
  }

  private static SessionEvent told(
      SessionEvent.Kind kind,
      Map<String, Object> data,
      String phase,
      double progress,
      List<? extends Object> output,
      AgentState... agents) {
    SessionSnapshot state = SessionSnapshot.builder("s")
        .query("Why?")
        .currentPhase(phase)
        .overallProgress(progress)
        .activeAgents(List.of(agents))
        .crewOutput(output)
        .build();
    return new SessionEvent(kind, "s", state, null, data);
  }

  private static AgentState busy(String name) {
    return agent(name, AgentStatus.PROCESSING, 40, null, null);
  }

  private static AgentState agent(
      String name,
      AgentStatus status,
      double progress,
      @Nullable String task,
      @Nullable String details) {
    return new AgentState(
        "id-" + name,
        name,
        status,
        status.name().toLowerCase(Locale.ROOT),
        progress,
        task,
        details == null ? null : Details.of(details),
        null,
        null);
  }

  private static AgentStatusUpdate status(
      AgentStatus status, double progress, String message, Map<String, Object> more) {
    Map<String, Object> metadata = new HashMap<>(more);
    metadata.put("session_id", "s");
    metadata.put("session_query", "Why?");
    return new AgentStatusUpdate(
        "w-1", "Writer", status, status.name(), progress, message, null, metadata);
  }

  private static AgentStatusUpdate with(
      AgentStatusUpdate update,
      String status,
      double progress,
      String message,
      Map<String, Object> metadata) {
    return new AgentStatusUpdate(
        update.agentId(),
        update.agentName(),
        AgentStatus.fromWire(status),
        status,
        progress,
        message,
        WireTime.epoch(BoardFixture.WIRE),
        metadata);
  }
}

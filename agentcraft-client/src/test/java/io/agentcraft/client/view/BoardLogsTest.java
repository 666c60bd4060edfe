package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.WIRE;
import static io.agentcraft.client.view.BoardFixture.entry;
import static io.agentcraft.client.view.BoardFixture.logs;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardLogsTest {

  private static final WireTime T1 = WireTime.iso(WIRE);
  private static final WireTime T2 = WireTime.iso(WIRE.plusSeconds(1));

  private final BoardFixture on = new BoardFixture();

  @Test
  void linesOfBothMessageTypesAreKeptInOrderOfArrival() {
    on.feed(logs("s", entry(T1, "one"), entry(T2, "two")), live("three"));

    assertThat(messages()).containsExactly("one", "two", "three");
    assertThat(on.board.snapshot().logLines().get(0).line().sessionId()).isEqualTo("s");
  }

  @Test
  void aSecondResponseAddsNewLinesOnly() {
    on.feed(
        logs("s", entry(T1, "one"), entry(T2, "two")),
        logs("s", entry(T1, "one"), entry(T2, "two"), entry(T2, "three")));

    assertThat(messages()).containsExactly("one", "two", "three");
  }

  @Test
  void theSameLineInTwoSessionsIsTwoLines() {
    on.feed(logs("s1", entry(T1, "one")), logs("s2", entry(T1, "one")));

    assertThat(messages()).containsExactly("one", "one");
  }

  @Test
  void equalLinesInOneFrameAreAllKept() {
    on.feed(logs("s", entry(T1, "one"), entry(T1, "one")));

    assertThat(messages()).containsExactly("one", "one");
  }

  @Test
  void linesWithoutATimestampAreAllKept() {
    on.feed(logs("s", entry(null, "one")), logs("s", entry(null, "one")));

    assertThat(messages()).containsExactly("one", "one");
  }

  @Test
  void equalLiveLinesAreAllKept() {
    on.feed(live("one"), live("one"));

    assertThat(messages()).containsExactly("one", "one");
  }

  @Test
  void aLiveLineThatIsSentTwiceIsKeptOnce() {
    // As recorded: the copies differ in the times of sending, and may have other lines between
    // them.
    on.feed(
        live(T1, T2, "crewai", "one"),
        live(T1, T2, "crewai", "two"),
        live(T2, T2, "crewai", "one"),
        live(T2, T2, "crewai", "two"));

    assertThat(messages()).containsExactly("one", "two");
  }

  @Test
  void liveLinesOfAnotherTimeOrLoggerOrWithoutATimeAreAllKept() {
    on.feed(
        live(T1, T1, "crewai", "one"),
        live(T1, T2, "crewai", "one"),
        live(T1, T1, "backend", "one"),
        live(T1, null, "crewai", "one"),
        live(T1, null, "crewai", "one"));

    assertThat(messages()).hasSize(5);
  }

  @Test
  void fourCopiesAreTwoLines() {
    for (int i = 0; i < 4; i++) {
      on.feed(live(T1, T1, "crewai", "one"));
    }

    assertThat(messages()).containsExactly("one", "one");
  }

  @Test
  void onlyTheNewestLinesAreKept() {
    BoardFixture small = new BoardFixture(TrackingBoard.builder().maxLogLines(3));
    LogEntry[] entries =
        IntStream.range(0, 5).mapToObj(i -> entry(T1, "line " + i)).toArray(LogEntry[]::new);

    assertThat(messages(small.feed(logs("s", entries))))
        .containsExactly("line 2", "line 3", "line 4");
    // A dropped line is not remembered, so that memory is bounded.
    assertThat(messages(small.feed(logs("s", entries[0]))))
        .containsExactly("line 3", "line 4", "line 0");
  }

  @Test
  void theBoundsOfLinesAndCollaborationsMayBeZero() {
    BoardFixture none =
        new BoardFixture(TrackingBoard.builder().maxLogLines(0).maxCollaborations(0));

    BoardSnapshot snapshot = none.feed(live("one"), collaboration("why"));

    assertThat(snapshot.logLines()).isEmpty();
    assertThat(snapshot.collaborations()).isEmpty();
  }

  @Test
  void onlyTheNewestCollaborationsAreKept() {
    BoardFixture small = new BoardFixture(TrackingBoard.builder().maxCollaborations(2));

    BoardSnapshot snapshot = small.feed(collaboration("1"), collaboration("2"), collaboration("3"));

    assertThat(snapshot.collaborations())
        .containsExactly(
            new CollaborationView(collaboration("2"), small.now(), false),
            new CollaborationView(collaboration("3"), small.now(), false));
  }

  private List<String> messages() {
    return messages(on.board.snapshot());
  }

  private static List<String> messages(BoardSnapshot snapshot) {
    return snapshot.logLines().stream().map(view -> view.line().message()).toList();
  }

  private static AgentCollaboration collaboration(String reason) {
    return new AgentCollaboration("A", "B", "handoff", reason, T1);
  }

  private static CrewAiLog live(String message) {
    return live(T1, null, "crewai", message);
  }

  private static CrewAiLog live(
      WireTime sent, @Nullable WireTime logged, String logger, String message) {
    return new CrewAiLog(
        sent,
        new CrewAiLog.Line(
            sent, logged, null, "INFO", logger, null, message, null, null, null, null, null, null,
            null));
  }
}

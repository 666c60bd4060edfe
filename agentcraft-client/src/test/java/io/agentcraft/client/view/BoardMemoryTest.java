package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.WIRE;
import static io.agentcraft.client.view.BoardFixture.logs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a board leaves out when the server sends more than it may keep. */
class BoardMemoryTest {

  private static final long MAX_CHARS = 100_000;

  private final BoardFixture on = new BoardFixture(TrackingBoard.builder().maxChars(MAX_CHARS));

  @Test
  void theOldestOfTheLargeAgentsLoseTheirDetails() {
    for (int i = 0; i < 13; i++) {
      on.feed(update("agent-" + i, "x".repeat(25_000), Map.of()));
    }

    List<AgentView> agents = on.board.snapshot().agents();
    assertThat(agents).hasSize(13);
    assertThat(agents.subList(0, 10))
        .allSatisfy(agent -> assertThat(agent.message())
            .startsWith("xxx")
            .endsWith("… (24744 characters left out)")
            .hasSizeLessThan(400));
    assertThat(agents.subList(10, 13))
        .extracting(AgentView::message)
        .containsOnly("x".repeat(25_000));
    assertThat(on.board.snapshot().droppedAgents()).isZero();
  }

  @Test
  void theNextMessageBringsTheWholeAgain() {
    for (int i = 0; i < 13; i++) {
      on.feed(update("agent-" + i, "x".repeat(25_000), Map.of()));
    }
    BoardSnapshot after = on.feed(update("agent-0", "y".repeat(25_000), Map.of()));

    assertThat(after.agent("agent-0").orElseThrow().message()).isEqualTo("y".repeat(25_000));
    assertThat(after.agent("agent-10").orElseThrow().message()).endsWith("left out)");
  }

  @Test
  void smallAgentsKeepTheirDetailsHoweverOldTheyAre() {
    for (int i = 0; i < 20; i++) {
      on.feed(update("small-" + i, "y".repeat(1_000), Map.of("task_id", "t" + i)));
    }
    for (int i = 0; i < 13; i++) {
      on.feed(update("large-" + i, "", Map.of("text", "x".repeat(25_000))));
    }

    BoardSnapshot board = on.board.snapshot();
    assertThat(board.agents()).hasSize(33);
    board.agents().forEach(agent -> {
      if (agent.id().startsWith("small")) {
        assertThat(agent.message()).isEqualTo("y".repeat(1_000));
        assertThat(agent.metadata()).containsKey("task_id");
      }
    });
    assertThat(board.agent("large-0").orElseThrow().metadata())
        .extractingByKey("left_out")
        .asString()
        .matches("25\\d+ characters left out");
    assertThat(board.agent("large-12").orElseThrow().metadata()).containsOnlyKeys("text");
  }

  @Test
  void theNewestLosesItsDetailsOnlyIfNothingElseHelps() {
    on.feed(update("first", "x".repeat(60_000), Map.of()));
    BoardSnapshot two = on.feed(update("second", "y".repeat(80_000), Map.of("n", 1)));
    assertThat(two.agent("first").orElseThrow().message()).endsWith("left out)");
    assertThat(two.agent("second").orElseThrow().message()).hasSize(80_000);

    BoardSnapshot three = on.feed(update("third", "z".repeat(200_000), Map.of("n", 1)));
    assertThat(three.agent("second").orElseThrow().message()).endsWith("left out)");
    assertThat(three.agent("third").orElseThrow().message())
        .endsWith("(199744 characters left out)");
    assertThat(three.agent("third").orElseThrow().metadata()).isEqualTo(Map.of("n", 1));
  }

  @Test
  void everyKindOfDetailsIsLeftOutAndMarked() {
    String text = "x".repeat(30_000);
    on.feed(session("session", text));
    on.passes(Duration.ofSeconds(1));
    on.feed(new AgentCollaboration("a", "b", "handoff", text, null));
    on.feed(logs("session", new LogEntry(time(1), "info", null, "a", null, null, text, null)));
    on.feed(logs(
        "session",
        new LogEntry(
            time(2), "info", null, "a", null, null, "short", Details.of(Map.of("text", text)))));
    on.feed(crewLog(text));
    for (int i = 0; i < 4; i++) {
      on.feed(update("newer-" + i, text, Map.of()));
    }

    BoardSnapshot board = on.board.snapshot();
    SessionView session = board.session("session").orElseThrow();
    assertThat(session.crewOutput().toString()).matches("\\[\\(30\\d+ characters left out\\)]");
    assertThat(session.query()).startsWith("xxx").endsWith("… (29744 characters left out)");
    assertThat(session.agents()).singleElement().satisfies(agent -> {
      assertThat(agent.name()).isEqualTo("Agent");
      assertThat(agent.message()).endsWith("… (29744 characters left out)");
      assertThat(String.valueOf(agent.details())).contains(" characters left out)");
    });
    assertThat(board.collaborations())
        .singleElement()
        .extracting(view -> view.collaboration().reason())
        .asString()
        .endsWith("… (29744 characters left out)");
    assertThat(board.logLines()).hasSize(3);
    assertThat(board.logLines().get(0).line().message()).endsWith("… (29744 characters left out)");
    assertThat(board.logLines().get(1).line().message()).isEqualTo("short");
    assertThat(String.valueOf(board.logLines().get(1).line().details())).contains("left out)");
    assertThat(board.logLines().get(2).line().message()).endsWith("… (29744 characters left out)");
    assertThat(board.logLines().get(2).line().source().toString()).hasSizeLessThan(3_000);
    assertThat(board.agent("newer-3").orElseThrow().message()).isEqualTo(text);
  }

  /** The board knows the newest state of an agent also where it is kept with an old session. */
  @Test
  void ofTheAgentsOfASessionTheNewestKeepsItsDetails() {
    on.feed(session(
        "session",
        "",
        IntStream.range(0, 13).mapToObj(i -> agent("agent-" + i, "Agent " + i)).toList()));
    for (int i = 0; i < 13; i++) {
      on.passes(Duration.ofSeconds(1));
      on.feed(AgentStatusUpdate.builder("agent-" + i, "Agent " + i)
          .message("x".repeat(25_000))
          .build());
    }

    List<AgentView> agents =
        on.board.snapshot().session("session").orElseThrow().agents();
    assertThat(agents).hasSize(13);
    assertThat(agents.get(12).message()).hasSize(25_000);
    assertThat(agents.get(0).message()).endsWith("left out)");
  }

  /** Nothing that the server said has changed. */
  @Test
  void whatIsLeftOutIsNoChange() {
    String text = "x".repeat(30_000);
    List<Object> output = List.of("first " + text, "second");
    List<AgentState> agents = List.of(new AgentState(
        "a",
        "Worker",
        AgentStatus.IDLE,
        "idle",
        1,
        text,
        Details.of(Map.of("x", text)),
        null,
        null));
    on.feed(event("session", text, agents, output, List.of()));
    on.feed(update("agent", text, Map.of("x", text)));
    for (int i = 0; i < 8; i++) {
      on.passes(Duration.ofSeconds(1));
      on.feed(update("other-" + i, text, Map.of()));
    }
    BoardSnapshot cut = on.board.snapshot();
    assertThat(cut.session("session").orElseThrow().crewOutput().toString()).contains("left out");
    assertThat(cut.agent("agent").orElseThrow().metadata()).containsKey("left_out");

    List<Object> changes = new ArrayList<>();
    on.board.onAgentChange(changes::add);
    on.board.onSessionChange(changes::add);
    on.feed(event("session", text, agents, output, List.of()));
    on.feed(update("agent", text, Map.of("x", text)));
    assertThat(changes).isEmpty();

    on.feed(event("session", text, agents, List.of("first " + text, "second", "third"), List.of()));
    assertThat(changes)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionChange.class, change -> assertThat(change.newOutput()).containsExactly("third"));
  }

  @Test
  void aLineThatWasCutIsNotAddedAgain() {
    LogEntry line = new LogEntry(time(1), "info", null, "a", null, null, "x".repeat(60_000), null);
    on.feed(logs("s", line));
    on.feed(update("a", "y".repeat(60_000), Map.of()));
    BoardSnapshot cut = on.feed(logs("s", line));

    assertThat(cut.logLines())
        .singleElement()
        .extracting(view -> view.line().message())
        .asString()
        .endsWith("left out)");
    assertThat(on.feed(logs(
                "s",
                new LogEntry(
                    time(1), "info", null, "a", null, null, "x".repeat(59_999) + "y", null)))
            .logLines())
        .hasSize(2);
  }

  /** Fifty lines come in one message, which would stay as long as one of them. */
  @Test
  void aLineKeepsNoOthersOfItsMessage() {
    BoardFixture small = new BoardFixture(TrackingBoard.builder().maxLogLines(1));
    BoardSnapshot board = small.feed(logs(
        "s",
        new LogEntry(time(1), "info", null, "a", null, null, "x".repeat(60_000), null),
        new LogEntry(time(2), "info", null, "a", null, null, "short", null)));

    assertThat(board.logLines())
        .singleElement()
        .satisfies(view -> assertThat(view.line().source().toString()).hasSizeLessThan(1_000));
  }

  @Test
  void ifThereAreNoDetailsToLeaveOutTheOldestEntriesAreDropped() {
    for (int i = 0; i < 2_000; i++) {
      on.feed(update("agent-" + i, "", Map.of()));
    }
    BoardSnapshot board = on.board.snapshot();
    assertThat(board.agents())
        .hasSizeBetween(200, 600)
        .extracting(AgentView::id)
        .contains("agent-1999")
        .doesNotContain("agent-0");
    assertThat(board.droppedAgents()).isEqualTo(2_000 - board.agents().size());

    on.feed(update("i".repeat(200_000), "", Map.of()));
    assertThat(on.board.snapshot().agents())
        .as("an id that is longer than the bound")
        .isEmpty();
  }

  @Test
  void ofWhatHasNoDetailsTheLargestIsDroppedFirst() {
    for (int i = 0; i < 100; i++) {
      on.feed(update("agent-" + i, "", Map.of()));
    }
    AgentState agent =
        new AgentState(null, "Worker", AgentStatus.IDLE, "idle", 1, null, null, null, null);
    on.feed(session("large", IntStream.range(0, 300).mapToObj(i -> agent).toList()));
    on.feed(session("newest", IntStream.range(0, 200).mapToObj(i -> agent).toList()));

    BoardSnapshot board = on.board.snapshot();
    assertThat(board.agents()).filteredOn(view -> view.sessionId() == null).hasSize(100);
    assertThat(board.sessions()).containsOnlyKeys("newest");
    assertThat(board.droppedSessions()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theBoardIsNeverLargerThanItsBoundAndItsCountIsRight(long seed) {
    Random random = new Random(seed);
    BoardReducer reducer = new BoardReducer(20, 10, 10, 20, MAX_CHARS, null);
    for (int i = 0; i < 2_000; i++) {
      reducer.apply(anyMessage(random), new Step(Instant.EPOCH.plusSeconds(i), null, true, true));
      assertThat(reducer.chars()).as("seed %d, message %d", seed, i).isLessThanOrEqualTo(MAX_CHARS);
      BoardSnapshot board = reducer.snapshot();
      long chars = board.agents().stream()
              .filter(agent -> agent.sessionId() == null)
              .mapToLong(ViewSize::of)
              .sum()
          + board.sessions().values().stream().mapToLong(ViewSize::of).sum()
          + board.collaborations().stream().mapToLong(ViewSize::of).sum()
          + board.logLines().stream().mapToLong(ViewSize::of).sum();
      assertThat(reducer.chars()).as("seed %d, message %d", seed, i).isEqualTo(chars);
    }
  }

  @Test
  void theBoundIsChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrackingBoard.builder().maxChars(999))
        .withMessageContaining("1000 or more characters");
  }

  private static ServerMessage anyMessage(Random random) {
    String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 300));
    String id = "id-" + random.nextInt(30);
    return switch (random.nextInt(5)) {
      case 0 -> session(id, text);
      case 1 -> new AgentCollaboration("a", "b", "handoff", text, null);
      case 2 -> logs(id, entries(random, text));
      case 3 -> crewLog(text);
      default -> update(id, text, random.nextBoolean() ? Map.of() : Map.of("x", text));
    };
  }

  private static LogEntry[] entries(Random random, String text) {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      entries.add(new LogEntry(
          time(random.nextInt(1_000)), "info", null, "a", null, null, text, Details.of(text)));
    }
    return entries.toArray(LogEntry[]::new);
  }

  private static AgentStatusUpdate update(String id, String message, Map<String, ?> metadata) {
    AgentStatusUpdate.Builder update = AgentStatusUpdate.builder(id, "Agent").message(message);
    metadata.forEach(update::metadata);
    return update.build();
  }

  private static SessionEvent session(String id, String text) {
    return event(
        id,
        text,
        List.of(new AgentState(
            "a",
            "Agent",
            AgentStatus.IDLE,
            "idle",
            1,
            text,
            Details.of(Map.of("x", text)),
            null,
            null)),
        List.of(text),
        List.of("Done"));
  }

  private static SessionEvent session(String id, List<AgentState> agents) {
    return session(id, "", agents);
  }

  private static SessionEvent session(String id, String query, List<AgentState> agents) {
    return event(id, query, agents, List.of(), List.of());
  }

  private static AgentState agent(String id, String name) {
    return new AgentState(id, name, AgentStatus.IDLE, "idle", 1, null, null, null, null);
  }

  private static SessionEvent event(
      String id, String query, List<AgentState> agents, List<Object> output, List<String> done) {
    return new SessionEvent(
        SessionEvent.Kind.PHASE_UPDATE,
        id,
        new SessionSnapshot(id, query, "execution", 50, agents, output, null, done, null, null),
        WireTime.epoch(WIRE),
        Map.of());
  }

  private static CrewAiLog crewLog(String text) {
    return new CrewAiLog(
        time(5),
        new CrewAiLog.Line(
            time(5),
            null,
            "session",
            "INFO",
            "crew",
            text,
            text,
            null,
            null,
            null,
            1,
            null,
            null,
            Map.of("x", text)));
  }

  private static WireTime time(int seconds) {
    return WireTime.epoch(WIRE.plusSeconds(seconds));
  }
}

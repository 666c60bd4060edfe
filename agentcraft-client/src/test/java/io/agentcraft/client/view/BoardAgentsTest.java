package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.WIRE;
import static io.agentcraft.client.view.BoardFixture.answer;
import static io.agentcraft.client.view.BoardFixture.event;
import static io.agentcraft.client.view.BoardFixture.sessionAgent;
import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardAgentsTest {

  private final BoardFixture on = new BoardFixture();

  @Test
  void keepsEveryFieldOfAnUpdate() {
    WireTime time = WireTime.iso(WIRE);
    Map<String, Object> metadata = Map.of("task_id", "t-9");
    AgentStatusUpdate update = new AgentStatusUpdate(
        "agent-7", "Indexer", AgentStatus.PROCESSING, "PROCESSING", 42, "Indexing", time, metadata);

    AgentView agent = on.feed(update).agent("agent-7").orElseThrow();

    assertThat(agent)
        .isEqualTo(new AgentView(
            "agent-7",
            "Indexer",
            null,
            AgentStatus.PROCESSING,
            "PROCESSING",
            42,
            "Indexing",
            null,
            metadata,
            time,
            WIRE,
            on.now(),
            false));
  }

  @Test
  void anUpdateReplacesThePreviousOne() {
    on.feed(update("a", AgentStatus.PROCESSING, "PROCESSING", 42, null));

    AgentView agent = on.feed(new AgentStatusUpdate(
            "a", "", AgentStatus.IDLE, "idle", Double.NaN, "", null, Map.of()))
        .agent("a")
        .orElseThrow();

    assertThat(agent.status()).isEqualTo(AgentStatus.IDLE);
    assertThat(agent.message()).isEmpty();
    assertThat(agent.metadata()).isEmpty();
    assertThat(agent.name()).as("a name that is missing is kept").isEqualTo("Agent a");
    assertThat(agent.progress()).as("and so is a progress").isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource({
    "42, 42",
    "66.66666666666667, 66.66666666666667",
    "-5, 0",
    "250, 100",
    "NaN, 0",
    "Infinity, 100",
    "-Infinity, 0"
  })
  void progressIsKeptAsReceivedAndClampedForDisplay(Double came, double shown) {
    AgentView agent =
        on.feed(update("a", AgentStatus.PROCESSING, "p", came, null)).agent("a").orElseThrow();

    assertThat(agent.progress()).isEqualTo(came);
    assertThat(agent.displayProgress()).isEqualTo(shown);
  }

  @Test
  void statusSinceIsTheTimeOfTheFirstUpdateWithThatStatus() {
    on.feed(update("a", AgentStatus.PROCESSING, WireTime.iso(WIRE)));
    on.feed(update("a", AgentStatus.PROCESSING, WireTime.iso(WIRE.plusSeconds(5))));
    assertThat(since("a")).isEqualTo(WIRE);

    on.feed(update("a", AgentStatus.COMPLETED, WireTime.iso(WIRE.plusSeconds(9))));
    assertThat(since("a")).isEqualTo(WIRE.plusSeconds(9));
  }

  @Test
  void statusSinceIsTheArrivalIfTheServersTimeIsNotAnInstant() {
    Instant first = on.now();
    on.feed(update("none", AgentStatus.IDLE, null));
    on.feed(update("monotonic", AgentStatus.IDLE, WireTime.ofSeconds(736.91)));
    on.feed(update("unreadable", AgentStatus.IDLE, WireTime.ofText("soon", ZoneOffset.UTC)));
    on.passes(Duration.ofSeconds(3));
    on.feed(update("none", AgentStatus.IDLE, null));

    assertThat(since("none")).isEqualTo(first);
    assertThat(since("monotonic")).isEqualTo(first);
    assertThat(since("unreadable")).isEqualTo(first);
    assertThat(on.board.snapshot().agent("none").orElseThrow().updatedAt()).isEqualTo(on.now());
  }

  @Test
  void aZonelessTimestampIsReadInItsZone() {
    WireTime zoneless = WireTime.ofText("2024-01-20T12:30:45.123000", ZoneId.of("+02:00"));

    on.feed(update("a", AgentStatus.IDLE, zoneless));

    assertThat(since("a")).isEqualTo(WIRE);
  }

  @Test
  void unknownStatusesAreDistinguishedByTheirText() {
    on.feed(update("a", AgentStatus.UNKNOWN, "dreaming", 1, WireTime.iso(WIRE)));
    on.feed(update("a", AgentStatus.UNKNOWN, "Dreaming", 2, WireTime.iso(WIRE.plusSeconds(1))));
    assertThat(since("a")).isEqualTo(WIRE);

    on.feed(update("a", AgentStatus.UNKNOWN, "waking", 3, WireTime.iso(WIRE.plusSeconds(2))));
    assertThat(since("a")).isEqualTo(WIRE.plusSeconds(2));
  }

  @Test
  void agentsStayInInsertionOrder() {
    on.feed(
        update("b", AgentStatus.IDLE, null),
        update("a", AgentStatus.IDLE, null),
        update("b", AgentStatus.ERROR, null));

    assertThat(on.board.snapshot().agents()).extracting(AgentView::id).containsExactly("b", "a");
  }

  @Test
  void anAgentWithoutAnIdIsKnownByItsName() {
    on.feed(nameless("Indexer", 10), nameless("Writer", 20), update("a", AgentStatus.IDLE, null));

    assertThat(on.feed(nameless("Indexer", 30)).agents())
        .extracting(AgentView::id, AgentView::name, AgentView::progress)
        .containsExactly(
            tuple("", "Indexer", 30.0), tuple("", "Writer", 20.0), tuple("a", "Agent a", 50.0));
    assertThat(
            on.feed(answer("s", sessionAgent(null, "Writer", AgentStatus.IDLE))).agents())
        .extracting(AgentView::name, AgentView::sessionId)
        .contains(tuple("Writer", "s"))
        .doesNotContain(tuple("Writer", null));
  }

  private static AgentStatusUpdate nameless(String name, double progress) {
    return new AgentStatusUpdate(
        "", name, AgentStatus.PROCESSING, "PROCESSING", progress, "", null, Map.of());
  }

  @Test
  void aStatusThatIsMissingKeepsTheOneBefore() {
    AgentView agent = on.feed(
            update("a", AgentStatus.COMPLETED, "finished", 100, null),
            update("a", AgentStatus.UNKNOWN, "", Double.NaN, null))
        .agent("a")
        .orElseThrow();

    assertThat(agent.status()).isEqualTo(AgentStatus.COMPLETED);
    assertThat(agent.statusText()).isEqualTo("finished");
  }

  @Test
  void aNewRunDoesNotBeginWithTheProgressOfTheLastOne() {
    AgentView agent = on.feed(
            update("a", AgentStatus.COMPLETED, "finished", 100, null),
            update("a", AgentStatus.ANALYZING, "analyzing", Double.NaN, null))
        .agent("a")
        .orElseThrow();

    assertThat(agent.progress()).isNaN();
  }

  @Test
  void allAgentsAreInOneList() {
    BoardSnapshot snapshot = on.feed(
        update("1", AgentStatus.IDLE, null),
        event(
            SessionEvent.Kind.SESSION_STARTED,
            "s1",
            sessionAgent("agent_0", "Agent 1", AgentStatus.IDLE),
            sessionAgent("agent_1", "Writer", AgentStatus.IDLE)),
        answer("s2", sessionAgent(null, "Writer", AgentStatus.IDLE)));

    assertThat(snapshot.agents())
        .extracting(agent -> agent.displayName() + "@" + agent.sessionId())
        .containsExactly("Agent 1@null", "Agent 1@s1", "Writer@s1", "Writer@s2");
  }

  /** The documented server tells of an agent by id, and lists it in its session by name. */
  @Test
  void anAgentThatASessionListsByNameIsThatOfItsOwnMessages() {
    on.feed(update("1", AgentStatus.PROCESSING, null));
    on.passes(Duration.ofSeconds(1));
    assertThat(on.feed(answer("s1", sessionAgent(null, "Agent 1", AgentStatus.COMPLETED)))
            .agents())
        .extracting(AgentView::id, AgentView::sessionId, AgentView::status)
        .containsExactly(tuple("1", "s1", AgentStatus.COMPLETED));

    on.passes(Duration.ofSeconds(1));
    assertThat(on.feed(update("1", AgentStatus.ANALYZING, null)).agents())
        .extracting(AgentView::id, AgentView::sessionId, AgentView::status)
        .containsExactly(tuple("1", "s1", AgentStatus.ANALYZING));
  }

  @Test
  void anAgentThatASessionListsByNameIsFoundByItsFirstMessage() {
    on.feed(answer("s1", sessionAgent(null, "Agent 1", AgentStatus.IDLE)));

    BoardSnapshot snapshot = on.feed(
        update("1", AgentStatus.PROCESSING, null), update("1", AgentStatus.COMPLETED, null));

    assertThat(snapshot.agents())
        .extracting(AgentView::id, AgentView::sessionId, AgentView::status)
        .containsExactly(tuple("1", "s1", AgentStatus.COMPLETED));
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESSING, 10",
    "UNKNOWN, 10",
    "IDLE, 0",
    "COMPLETED, 0",
    "ERROR, 0",
  })
  void onlyAnAgentAtWorkIsSilent(AgentStatus status, int seconds) {
    on.feed(update("a", status, null));

    AgentView agent = on.passes(Duration.ofSeconds(10)).agent("a").orElseThrow();

    assertThat(agent.silentFor(on.now())).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(agent.silentFor(Instant.EPOCH)).isZero();
  }

  private Instant since(String id) {
    return on.board.snapshot().agent(id).orElseThrow().statusSince();
  }
}

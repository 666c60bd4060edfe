package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.answer;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.documented;
import static io.agentcraft.client.view.BoardFixture.entry;
import static io.agentcraft.client.view.BoardFixture.event;
import static io.agentcraft.client.view.BoardFixture.logs;
import static io.agentcraft.client.view.BoardFixture.sessionAgent;
import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random messages in random order, with reconnects in between. */
class BoardPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theBoardStaysWithinItsBoundsAndHasTheLatestUpdateOfEachAgent(long seed) {
    Random random = new Random(seed);
    int maxAgents = 1 + random.nextInt(10);
    int maxSessions = 1 + random.nextInt(10);
    int bound = random.nextInt(10);
    BoardFixture on = new BoardFixture(TrackingBoard.builder()
        .maxAgents(maxAgents)
        .maxSessions(maxSessions)
        .maxCollaborations(bound)
        .maxLogLines(bound));
    Map<String, AgentStatusUpdate> newest = new HashMap<>();
    boolean look = random.nextBoolean();
    if (random.nextBoolean()) {
      on.board.onChange(BoardSnapshot::agents);
    }

    for (int i = 0; i < 500; i++) {
      if (random.nextInt(50) == 0) {
        on.lose();
        on.connect();
      }
      ServerMessage message = anyMessage(random, i);
      on.board.accept(message);
      if (message instanceof AgentStatusUpdate update) {
        newest.put(update.agentId(), update);
      }
      if (look || i % 100 == 99) {
        BoardSnapshot snapshot = on.board.snapshot();
        assertThat(withoutSession(snapshot)).hasSizeLessThanOrEqualTo(maxAgents);
        assertThat(snapshot.sessions()).hasSizeLessThanOrEqualTo(maxSessions);
        assertThat(snapshot.collaborations()).hasSizeLessThanOrEqualTo(bound);
        assertThat(snapshot.logLines()).hasSizeLessThanOrEqualTo(bound);
      }
    }

    List<AgentView> agents = withoutSession(on.board.snapshot());
    agents.forEach(agent -> assertShows(Objects.requireNonNull(newest.get(agent.id())), agent));
    assertThat(agents).hasSize(Math.min(newest.size(), maxAgents));
  }

  private static List<AgentView> withoutSession(BoardSnapshot snapshot) {
    return snapshot.agents().stream().filter(agent -> agent.sessionId() == null).toList();
  }

  private static void assertShows(AgentStatusUpdate update, AgentView agent) {
    assertThat(agent)
        .extracting(AgentView::id, AgentView::status, AgentView::progress)
        .containsExactly(update.agentId(), update.status(), update.progress());
  }

  private static ServerMessage anyMessage(Random random, int i) {
    String session = "s" + random.nextInt(15);
    AgentStatus status = any(random, AgentStatus.values());
    return switch (random.nextInt(7)) {
      case 0, 1 -> update("agent-" + random.nextInt(15), status, status.name(), i, null);
      case 2 -> anyList(random);
      case 3 -> answer(session, sessionAgent(null, "A" + random.nextInt(3), status));
      case 4 ->
        event(
            any(random, SessionEvent.Kind.values()),
            session,
            sessionAgent("agent_0", "A", status),
            sessionAgent("agent_1", "B", status));
      case 5 ->
        logs(
            session,
            entry(WireTime.ofSeconds(random.nextInt(5)), "line"),
            entry(null, "line " + i));
      default ->
        random.nextBoolean()
            ? new SessionNotFound(session, null)
            : new AgentCollaboration("A", "B", "handoff", "", null);
    };
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static ActiveSessions anyList(Random random) {
    return active(random
        .ints(random.nextInt(12), 0, 15)
        .distinct()
        .mapToObj(id -> random.nextBoolean() ? documented("s" + id) : deployed("s" + id))
        .toArray(SessionSummary[]::new));
  }
}

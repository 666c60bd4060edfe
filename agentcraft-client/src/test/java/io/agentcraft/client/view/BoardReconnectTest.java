package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.answer;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static io.agentcraft.client.view.BoardFixture.entry;
import static io.agentcraft.client.view.BoardFixture.event;
import static io.agentcraft.client.view.BoardFixture.logs;
import static io.agentcraft.client.view.BoardFixture.sessionAgent;
import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.SessionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardReconnectTest {

  private final BoardFixture on = new BoardFixture();

  @BeforeEach
  void connectAndReceiveEverything() {
    on.connect();
    on.feed(
        update("a", AgentStatus.PROCESSING, null),
        update("b", AgentStatus.PROCESSING, null),
        active(deployed("s1"), deployed("s2")),
        event(SessionEvent.Kind.PHASE_UPDATE, "s1", sessionAgent("agent_0", "C", AgentStatus.IDLE)),
        new AgentCollaboration("a", "b", "handoff", "", null),
        logs("s1", entry(null, "line")));
  }

  @Test
  void beforeAnyConnectionTheBoardIsEmpty() {
    BoardSnapshot empty = new BoardFixture().board.snapshot();

    assertThat(empty.connection()).isEqualTo(ConnectionState.INITIAL);
    assertThat(empty.isConnected()).isFalse();
    assertThat(empty.agents()).isEmpty();
  }

  @Test
  void nothingIsStaleWhileConnectedOrReconnecting() {
    assertThat(allStale(on.board.snapshot())).containsOnly(false);
    assertThat(allStale(on.lose())).containsOnly(false);
    assertThat(on.board.snapshot().isConnected()).isFalse();
  }

  @Test
  void aNewConnectionDropsNothingAndMarksAllEntriesStale() {
    on.lose();
    BoardSnapshot snapshot = on.connect();

    assertThat(snapshot.agents()).hasSize(3);
    assertThat(snapshot.sessions()).hasSize(2);
    assertThat(allStale(snapshot)).hasSize(7).containsOnly(true);
  }

  @Test
  void anEntryIsNoLongerStaleOnceAMessageAboutItArrives() {
    Instant since = on.board.snapshot().agent("a").orElseThrow().statusSince();
    on.lose();
    on.connect();

    BoardSnapshot snapshot =
        on.feed(update("a", AgentStatus.PROCESSING, null), active(deployed("s2")));

    assertThat(snapshot.agent("a").orElseThrow().stale()).isFalse();
    assertThat(snapshot.agent("a").orElseThrow().statusSince()).isEqualTo(since);
    assertThat(snapshot.agent("b").orElseThrow().stale()).isTrue();
    assertThat(snapshot.session("s2").orElseThrow().stale()).isFalse();
    assertThat(snapshot.session("s1").orElseThrow().stale()).isTrue();
    assertThat(snapshot.session("s1").orElseThrow().removed()).isTrue();
  }

  @Test
  void aListRefreshesASessionButNotItsAgents() {
    on.lose();
    on.connect();

    SessionView listed = on.feed(active(deployed("s1"))).session("s1").orElseThrow();
    assertThat(listed.stale()).isFalse();
    assertThat(listed.agents()).allMatch(AgentView::stale);

    SessionView asked = on.feed(answer("s1", sessionAgent(null, "C", AgentStatus.IDLE)))
        .session("s1")
        .orElseThrow();
    assertThat(asked.agents()).noneMatch(AgentView::stale);
  }

  @Test
  void aNewConnectionIsDetectedWithoutTheLoss() {
    assertThat(allStale(on.connect())).containsOnly(true);
  }

  @Test
  void aRepeatedStateMarksNothingStale() {
    ConnectionState now = on.board.snapshot().connection();
    on.board.accept(
        new ConnectionState(now.status(), 0, null, now.lastConnected(), null, "client_1_a"));

    assertThat(allStale(on.board.snapshot())).containsOnly(false);
  }

  private static List<Boolean> allStale(BoardSnapshot snapshot) {
    List<Boolean> stale = new ArrayList<>();
    snapshot.agents().forEach(agent -> stale.add(agent.stale()));
    snapshot.sessions().values().forEach(session -> stale.add(session.stale()));
    snapshot.collaborations().forEach(one -> stale.add(one.stale()));
    snapshot.logLines().forEach(line -> stale.add(line.stale()));
    return stale;
  }
}

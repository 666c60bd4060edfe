package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.TrackingBoard;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentRosterTest {

  private Instant now = Frames.NOW;
  private final TrackingBoard board = TrackingBoard.create(() -> now);

  @Test
  void whatWasHeardLastCounts() {
    own(AgentStatus.PROCESSING);
    assertThat(statuses()).containsExactly(AgentStatus.PROCESSING);

    inSession("s", AgentStatus.COMPLETED);
    assertThat(statuses()).containsExactly(AgentStatus.COMPLETED);

    own(AgentStatus.ANALYZING);
    assertThat(statuses()).containsExactly(AgentStatus.ANALYZING);
  }

  @Test
  void withoutAWordOfItsOwnOneNameInTwoSessionsIsTwoAgents() {
    inSession("s", AgentStatus.COMPLETED);
    inSession("t", AgentStatus.IDLE);

    assertThat(statuses()).containsExactly(AgentStatus.COMPLETED, AgentStatus.IDLE);
  }

  private List<AgentStatus> statuses() {
    return AgentRoster.of(board.snapshot()).stream().map(AgentView::status).toList();
  }

  private void own(AgentStatus status) {
    now = now.plusSeconds(1);
    board.accept(AgentStatusUpdate.builder("id", "A").status(status).build());
  }

  private void inSession(String session, AgentStatus status) {
    now = now.plusSeconds(1);
    List<AgentState> agents = List.of(AgentState.documented("A", status, 50, null));
    board.accept(new SessionState(
        session, SessionSnapshot.documented(session, "", "", 0, agents, List.of()), null));
  }
}

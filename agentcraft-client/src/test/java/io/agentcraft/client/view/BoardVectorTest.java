package io.agentcraft.client.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.SessionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The state of the board after the frames of the test vectors. */
class BoardVectorTest {

  private final BoardFixture on = new BoardFixture();

  @Test
  void documentedFrames() throws IOException {
    BoardSnapshot board = feed("documented-frames.jsonl");

    assertThat(board.totalSessions()).isEqualTo(3);
    AgentView agent = board.agent("agent-uuid").orElseThrow();
    assertThat(agent.sessionId()).as("found by its name").isEqualTo("session_abc123");
    assertThat(agent.status()).as("from the latest message").isEqualTo(AgentStatus.PROCESSING);
    assertThat(agent.displayProgress()).isEqualTo(75);
    assertThat(agent.statusSince()).isEqualTo(Instant.ofEpochMilli(1_642_678_200_123L));
    SessionView session = board.currentSession().orElseThrow();
    assertThat(session.sessionId()).isEqualTo("session_abc123");
    assertThat(session.progress()).isEqualTo(65);
    assertThat(session.agentsActive()).isEqualTo(2);
    assertThat(session.agents())
        .extracting(AgentView::message)
        .containsExactly("Analyzing webhook configuration");
    assertThat(board.collaborations()).hasSize(1);
    assertThat(board.logLines()).hasSize(1);
  }

  @Test
  void deployedFrames() throws IOException {
    BoardSnapshot board = feed("deployed-frames.jsonl");

    assertThat(board.agents())
        .extracting(AgentView::id)
        .containsExactly("agent-7", "agent_0", "agent_1");
    assertThat(board.sessions()).containsOnlyKeys("session_1", "session_webhook_1");
    assertThat(board.activeSessions()).hasSize(2);
    SessionView session = board.session("session_webhook_1").orElseThrow();
    assertThat(session.phase()).isEqualTo("completed");
    assertThat(session.lastEvent()).isEqualTo(SessionEvent.Kind.SESSION_COMPLETED);
    assertThat(session.crewOutput()).hasSize(2);
    assertThat(session.agents())
        .extracting(AgentView::id)
        .as("from the events, not from the response after them")
        .containsExactly("agent_0", "agent_1");
    assertThat(session.agents()).allMatch(agent -> agent.status() == AgentStatus.COMPLETED);
    assertThat(board.logLines())
        .as("6 live lines, one of them sent twice, and 8 of the session's logs")
        .hasSize(14);
  }

  private BoardSnapshot feed(String vectors) throws IOException {
    MessageCodec codec = MessageCodec.create();
    try (InputStream in = getClass().getResourceAsStream("/vectors/" + vectors)) {
      String frames = new String(Objects.requireNonNull(in, vectors).readAllBytes(), UTF_8);
      frames.lines().filter(line -> !line.isBlank()).map(codec::decodeServer).forEach(on::feed);
    }
    return on.board.snapshot();
  }
}

package io.agentcraft.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes up a board from the changes alone, and checks each of them: it begins with what the one before it ended with, and each
 * run has at most one end.
 */
final class ChangeReplay {

  private final List<AgentChange> replayedAgents = new ArrayList<>();
  private final Map<String, SessionView> replayedSessions = new LinkedHashMap<>();

  ChangeReplay(TrackingBoard board) {
    board.onAgentChange(this::replay);
    board.onSessionChange(this::replay);
  }

  private void replay(AgentChange change) {
    AgentView before = change.before();
    Optional<AgentChange> last = before == null
        ? Optional.empty()
        : Stream.concat(
                replayedAgents.stream().filter(known -> hasIdOf(known.now(), before)),
                replayedAgents.stream().filter(known -> isSame(known.now(), before)))
            .findFirst();
    if (before != null) {
      assertThat(last.isPresent()).as("is known: %s", change).isTrue();
      assertThat(visible(last.orElseThrow().now())).isEqualTo(visible(before));
      replayedAgents.remove(last.orElseThrow());
    }
    if (before == null) {
      assertThat(replayedAgents.stream().anyMatch(known -> isSame(known.now(), change.now())))
          .as("is known, but is told as new: %s", change)
          .isFalse();
    }
    // An agent that was known by its name only, and is known by its id as well from now on.
    replayedAgents.removeIf(
        known -> known.now().id().isEmpty() && isSame(known.now(), change.now()));
    replayedAgents.add(change);
    assertThat(change.changed()).isNotEmpty();
    // One end in a run: it ends while it is running, and runs again only by a start.
    boolean wasRunning = before != null && !before.isEnded();
    assertThat(change.isEnd()).isEqualTo(change.now().isEnded() && (wasRunning || before == null));
    assertThat(change.isStart())
        .isEqualTo(before == null || (!wasRunning && !change.now().isEnded()));
  }

  private void replay(SessionChange change) {
    SessionView known = replayedSessions.get(change.now().sessionId());
    boolean running = known != null && !known.isEnded();
    boolean removed = known != null && known.removed();
    // One end in a run. The start, if it is of the same message, has its state already.
    switch (change.kind()) {
      case STARTED -> assertThat(running && !removed).isFalse();
      case COMPLETED, FAILED ->
        assertThat(running || Objects.equals(known, change.now())).isTrue();
      default -> assertThat(known).isNotNull();
    }
    replayedSessions.put(change.now().sessionId(), change.now());
  }

  void assertMakesUp(BoardSnapshot board) {
    assertThat(replayedAgents.stream().map(change -> visible(change.now())))
        .containsExactlyInAnyOrderElementsOf(
            board.agents().stream().map(ChangeReplay::visible).toList());
    assertThat(replayedSessions.values().stream()
            .filter(session -> board.sessions().containsKey(session.sessionId()))
            .map(ChangeReplay::visible))
        .containsExactlyInAnyOrderElementsOf(
            board.sessions().values().stream().map(ChangeReplay::visible).toList());
    assertThat(replayedSessions.values())
        .allMatch(
            session -> session.removed() || board.sessions().containsKey(session.sessionId()));
  }

  /** Of an agent on its own, all messages have the id, if it has one. */
  private static boolean isSame(AgentView one, AgentView other) {
    boolean byId = one.sessionId() == null
        ? !(one.id() + other.id()).isEmpty()
        : !one.id().isEmpty() && !other.id().isEmpty();
    return Objects.equals(one.sessionId(), other.sessionId())
        && (byId ? one.id().equals(other.id()) : one.name().equals(other.name()));
  }

  private static boolean hasIdOf(AgentView one, AgentView other) {
    return !one.id().isEmpty() && isSame(one, other);
  }

  private static List<Object> visible(AgentView agent) {
    return List.of(
        String.valueOf(agent.sessionId()),
        agent.displayName(),
        agent.status() == AgentStatus.UNKNOWN ? agent.statusText() : agent.status(),
        agent.displayProgress(),
        agent.message(),
        agent.details() == null ? "" : agent.details().text(),
        agent.metadata());
  }

  private static List<Object> visible(SessionView session) {
    return List.of(
        session.sessionId(),
        session.query(),
        session.displayStatus().toLowerCase(Locale.ROOT),
        session.displayProgress(),
        String.valueOf(session.totalAgents()),
        session.completedAgents(),
        session.crewOutput(),
        String.valueOf(session.outcome()),
        session.removed());
  }
}

package io.agentcraft.testing;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.testing.internal.replay.Player;
import io.agentcraft.testing.internal.session.SessionChange;
import io.agentcraft.testing.internal.session.SessionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What a {@link ReferenceServer} can be told to happen in its sessions; it tells its clients in its form. */
public abstract sealed class SessionControls permits ReferenceServer {

  private final ServerParts parts;

  SessionControls(ServerParts parts) {
    this.parts = parts;
  }

  /**
   * Sends what a client received in a recording (by {@code FrameRecorder}) to everyone who is connected, now and later
   * on. The first frame goes at once. The server goes on with what it does by itself; {@code
   * faults().rewriteSent((connection, text) -> List.of())} silences it, and leaves the replay alone.
   *
   * @param recording the file
   * @param speed how fast; time is the server's scheduler's
   * @return the replay, which goes on by itself
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public Replay replay(Path recording, ReplaySpeed speed) {
    Player player = new Player(parts.loop, parts.hub.outbox(), recording, speed.factor());
    parts.play(player);
    return new Replay(parts.loop, player);
  }

  /**
   * Starts a session.
   *
   * @param sessionId the id; a session that has it already is replaced
   * @param query what the crew is to do
   * @param agentNames the crew; all idle at first
   */
  public void startSession(String sessionId, String query, String... agentNames) {
    change(store -> store.start(sessionId, query, List.of(agentNames)));
  }

  /**
   * Lets an agent tell how it is doing.
   *
   * @param agentId the agent's id
   * @param agentName its name; running sessions that have an agent of this name take note
   * @param status the status
   * @param progress the progress, a percentage from 0 to 100
   * @param message what it does
   * @throws IllegalArgumentException if the progress or the status can't be published
   */
  public void agentStatus(
      String agentId, String agentName, AgentStatus status, double progress, String message) {
    agentStatus(AgentStatusUpdate.builder(agentId, agentName)
        .status(status)
        .progress(progress)
        .message(message)
        .timestamp(parts.clock.now())
        .build());
  }

  /**
   * Lets an agent tell how it is doing. In the documented form clients get the update as it is; in the deployed form a
   * snapshot of each running session that has an agent of this name, or the update as it is if there is none.
   *
   * @param update the update
   */
  public void agentStatus(AgentStatusUpdate update) {
    change(store -> store.report(update));
  }

  /**
   * Lets one agent hand over to another.
   *
   * @param from the first agent's name
   * @param to the second agent's name
   * @param reason why
   */
  public void collaboration(String from, String to, String reason) {
    collaboration(new AgentCollaboration(from, to, "handoff", reason, parts.clock.iso()));
  }

  /**
   * Lets two agents collaborate.
   *
   * @param collaboration what is sent
   */
  public void collaboration(AgentCollaboration collaboration) {
    change(store -> new SessionChange.Collaborated(collaboration));
  }

  /**
   * Takes a session into another phase.
   *
   * @param sessionId the session
   * @param phase the phase; any text
   * @throws IllegalArgumentException if there is no such session
   */
  public void phase(String sessionId, String phase) {
    change(store -> store.enterPhase(sessionId, phase));
  }

  /**
   * Adds to what the crew puts out.
   *
   * @param sessionId the session
   * @param agentName whose output
   * @param type such as {@code thought} or {@code final_result}
   * @param content the output
   * @throws IllegalArgumentException if there is no such session
   */
  public void crewOutput(String sessionId, String agentName, String type, String content) {
    change(store -> store.addOutput(sessionId, type, content, agentName));
  }

  /**
   * Adds a line to a session's log.
   *
   * @param sessionId the session
   * @param level such as {@code info}
   * @param agentName who says so
   * @param message the line
   * @throws IllegalArgumentException if there is no such session
   */
  public void appendLog(String sessionId, String level, String agentName, String message) {
    appendLog(sessionId, LogEntry.documented(parts.clock.iso(), level, agentName, message));
  }

  /**
   * Adds an entry to a session's log. In the documented form it goes to those who stream this session's log, as
   * {@code session_logs} with this entry only; in the deployed form to everyone, as {@code crewai_log}.
   *
   * @param sessionId the session
   * @param entry the entry
   * @throws IllegalArgumentException if there is no such session
   */
  public void appendLog(String sessionId, LogEntry entry) {
    change(store -> store.appendLog(sessionId, entry));
  }

  /**
   * Ends a session well: all its agents are completed at 100 %. It stays in the list.
   *
   * @param sessionId the session
   * @throws IllegalArgumentException if there is no such session
   */
  public void completeSession(String sessionId) {
    change(store -> store.complete(sessionId));
  }

  /**
   * Ends a session with an error: its agents that had not finished fail. It stays in the list.
   *
   * @param sessionId the session
   * @param error what went wrong
   * @throws IllegalArgumentException if there is no such session
   */
  public void failSession(String sessionId, String error) {
    change(store -> store.fail(sessionId, error));
  }

  /**
   * Takes a session off the list, as if it had never been.
   *
   * @param sessionId the session; nothing happens if there is none
   */
  public void removeSession(String sessionId) {
    change(store -> store.remove(sessionId));
  }

  private void change(Function<SessionStore, SessionChange> change) {
    parts.loop.call(() -> parts.hub.sessions().change(change));
  }
}

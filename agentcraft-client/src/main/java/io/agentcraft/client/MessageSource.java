package io.agentcraft.client;

import io.agentcraft.client.internal.client.Registrations;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.listener.ActiveSessionsListener;
import io.agentcraft.client.listener.AgentCollaborationListener;
import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.BatchListener;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.ConnectionListener;
import io.agentcraft.client.listener.CrewAiLogListener;
import io.agentcraft.client.listener.ErrorListener;
import io.agentcraft.client.listener.LogLineListener;
import io.agentcraft.client.listener.LogStreamingStartedListener;
import io.agentcraft.client.listener.LogStreamingStoppedListener;
import io.agentcraft.client.listener.PingListener;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.SessionEventListener;
import io.agentcraft.client.listener.SessionLogsListener;
import io.agentcraft.client.listener.SessionNotFoundListener;
import io.agentcraft.client.listener.SessionStateListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.listener.UnknownMessageListener;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.SessionChange;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that a client can listen to. Listeners may be added and removed at any time, from any thread; they run one at a time, in the
 * order of the messages, on the callback executor.
 *
 * <p>No method is final: so the compiler repeats them in the public subclass, where reflection may call them.
 */
abstract sealed class MessageSource permits AgentCraftClient {

  private final Registrations registrations;

  MessageSource(Registrations registrations) {
    this.registrations = registrations;
  }

  final Registrations registrations() {
    return registrations;
  }

  /**
   * Listens to what people can see of every agent: each change of its status, progress or message, on servers of both forms
   * and whichever message brings it. This is the listener to begin with. It attaches the {@linkplain AgentCraftClient#board()
   * board}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onAgentChange(AgentChange.Listener listener) {
    return registrations.onAgentChange(listener);
  }

  /**
   * Listens to changes of agents at a bounded rate. The changes of an agent that come too soon are combined into one, from the
   * state before the first to the state after the last. The end of a run is delivered at once.
   *
   * @param throttle how many a second for each agent, its ends not counted
   * @param listener called on the callback executor
   * @return ends the registration, after delivering what is held back
   */
  public Subscription onAgentChange(Throttle throttle, AgentChange.Listener listener) {
    return registrations.onAgentChange(throttle, listener);
  }

  /**
   * Listens to changes of agents, in lists.
   *
   * @param batching how long, and how many changes, a batch gathers
   * @param listener called on the callback executor, with an unmodifiable list that is never empty
   * @return ends the registration, after delivering what is gathered
   */
  public Subscription onAgentChanges(Batching batching, Consumer<List<AgentChange>> listener) {
    return registrations.onAgentChanges(batching, listener);
  }

  /**
   * Listens to what people can see of every session: its start, phases, progress, output and end, on servers of both forms and
   * whichever message brings it. It attaches the {@linkplain AgentCraftClient#board() board}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionChange(SessionChange.Listener listener) {
    return registrations.onSessionChange(listener);
  }

  /**
   * Listens to changes of sessions, in lists.
   *
   * @param batching how long, and how many changes, a batch gathers
   * @param listener called on the callback executor, with an unmodifiable list that is never empty
   * @return ends the registration, after delivering what is gathered
   */
  public Subscription onSessionChanges(Batching batching, Consumer<List<SessionChange>> listener) {
    return registrations.onSessionChanges(batching, listener);
  }

  /**
   * Listens to every message, whatever its type.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onMessage(ServerMessageListener listener) {
    return registrations.onMessage(listener);
  }

  /**
   * Listens to {@code active_sessions}: sent on connect and when sessions change, by servers of both forms. What changed in a
   * session is reported by {@link #onSessionChange}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onActiveSessions(ActiveSessionsListener listener) {
    return registrations.on(MessageType.ACTIVE_SESSIONS, listener);
  }

  /**
   * Listens to {@code agent_status}. A server of the documented form tells of all agents by it; one of the deployed form only
   * relays what programs publish, and tells of its own agents by {@link #onSessionEvent}. {@link #onAgentChange} reports
   * agents on both.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onAgentStatus(AgentStatusListener listener) {
    return registrations.on(MessageType.AGENT_STATUS, listener);
  }

  /**
   * Listens to {@code agent_collaboration}, which servers of both forms send.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onAgentCollaboration(AgentCollaborationListener listener) {
    return registrations.on(MessageType.AGENT_COLLABORATION, listener);
  }

  /**
   * Listens to {@code session_state}, whoever asked for it, from servers of both forms. What it changes is reported by {@link
   * #onAgentChange} and {@link #onSessionChange}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionState(SessionStateListener listener) {
    return registrations.on(MessageType.SESSION_STATE, listener);
  }

  /**
   * Listens to {@code session_logs}, whoever asked for them. A server of the documented form also sends live log lines so.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionLogs(SessionLogsListener listener) {
    return registrations.on(MessageType.SESSION_LOGS, listener);
  }

  /**
   * Listens to {@code session_not_found}, which only servers of the deployed form send.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionNotFound(SessionNotFoundListener listener) {
    return registrations.on(MessageType.SESSION_NOT_FOUND, listener);
  }

  /**
   * Listens to session events, which only servers of the deployed form send. A completed session may send two of them, {@code
   * session_completed} and {@code session_complete}. {@link #onAgentChange} and {@link #onSessionChange} report agents and
   * sessions on both forms, and each end once.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionEvent(SessionEventListener listener) {
    return registrations.on(MessageType.SESSION_EVENT, listener);
  }

  /**
   * Listens to {@code crewai_log}, which only servers of the deployed form send.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onCrewAiLog(CrewAiLogListener listener) {
    return registrations.on(MessageType.CREWAI_LOG, listener);
  }

  /**
   * Listens to {@code log_streaming_started}, which only servers of the deployed form send.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onLogStreamingStarted(LogStreamingStartedListener listener) {
    return registrations.on(MessageType.LOG_STREAMING_STARTED, listener);
  }

  /**
   * Listens to {@code log_streaming_stopped}, which only servers of the deployed form send.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onLogStreamingStopped(LogStreamingStoppedListener listener) {
    return registrations.on(MessageType.LOG_STREAMING_STOPPED, listener);
  }

  /**
   * Listens to {@code ping}, which servers of both forms send; the SDK has answered it already.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onPing(PingListener listener) {
    return registrations.on(MessageType.PING, listener);
  }

  /**
   * Listens to messages of types that this version does not know.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onUnknownMessage(UnknownMessageListener listener) {
    return registrations.on(MessageType.UNKNOWN, listener);
  }

  /**
   * Listens to every log line, whatever frame brought it: {@code session_logs} or {@code crewai_log}. The deployed backend sends
   * each {@code crewai_log} of its crews twice, of which the second is left out. An answer to {@code getSessionLogs} brings
   * lines again that were heard before; {@link AgentCraftClient#board()} keeps each once.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onLogLine(LogLineListener listener) {
    return registrations.onLogLine(listener);
  }

  /**
   * Listens to every change of the connection's state.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onConnectionState(ConnectionListener listener) {
    return registrations.onConnectionState(listener);
  }

  /**
   * Listens to what goes wrong without ending anything: malformed frames, listeners that throw. Without such a
   * listener, they are logged as warnings.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onError(ErrorListener listener) {
    return registrations.onError(listener);
  }

  /**
   * Listens to {@code agent_status} at a bounded rate: of each agent's updates the newest, and always the last. See {@link
   * #onAgentStatus(AgentStatusListener)} for who sends it.
   *
   * @param throttle how many a second for each agent
   * @param listener called on the callback executor
   * @return ends the registration, after delivering what is held back
   */
  public Subscription onAgentStatus(Throttle throttle, AgentStatusListener listener) {
    return registrations.onAgentStatus(throttle, listener);
  }

  /**
   * Listens to every message, in lists.
   *
   * @param batching how long, and how many messages, a batch gathers
   * @param listener called on the callback executor
   * @return ends the registration, after delivering what is gathered
   */
  public Subscription onBatch(Batching batching, BatchListener listener) {
    return registrations.onBatch(batching, listener);
  }
}

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
   * Listens to every message, whatever its type.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onMessage(ServerMessageListener listener) {
    return registrations.onMessage(listener);
  }

  /**
   * Listens to {@code active_sessions}: sent on connect and when sessions change.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onActiveSessions(ActiveSessionsListener listener) {
    return registrations.on(MessageType.ACTIVE_SESSIONS, listener);
  }

  /**
   * Listens to {@code agent_status}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onAgentStatus(AgentStatusListener listener) {
    return registrations.on(MessageType.AGENT_STATUS, listener);
  }

  /**
   * Listens to {@code agent_collaboration}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onAgentCollaboration(AgentCollaborationListener listener) {
    return registrations.on(MessageType.AGENT_COLLABORATION, listener);
  }

  /**
   * Listens to {@code session_state}, whoever asked for it.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionState(SessionStateListener listener) {
    return registrations.on(MessageType.SESSION_STATE, listener);
  }

  /**
   * Listens to {@code session_logs}, whoever asked for them.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionLogs(SessionLogsListener listener) {
    return registrations.on(MessageType.SESSION_LOGS, listener);
  }

  /**
   * Listens to {@code session_not_found}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionNotFound(SessionNotFoundListener listener) {
    return registrations.on(MessageType.SESSION_NOT_FOUND, listener);
  }

  /**
   * Listens to the session events of the deployed form.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onSessionEvent(SessionEventListener listener) {
    return registrations.on(MessageType.SESSION_EVENT, listener);
  }

  /**
   * Listens to {@code crewai_log}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onCrewAiLog(CrewAiLogListener listener) {
    return registrations.on(MessageType.CREWAI_LOG, listener);
  }

  /**
   * Listens to {@code log_streaming_started}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onLogStreamingStarted(LogStreamingStartedListener listener) {
    return registrations.on(MessageType.LOG_STREAMING_STARTED, listener);
  }

  /**
   * Listens to {@code log_streaming_stopped}.
   *
   * @param listener called on the callback executor
   * @return ends the registration
   */
  public Subscription onLogStreamingStopped(LogStreamingStoppedListener listener) {
    return registrations.on(MessageType.LOG_STREAMING_STOPPED, listener);
  }

  /**
   * Listens to {@code ping}; the SDK has answered it already.
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
   * Listens to every log line, whatever frame brought it: {@code session_logs} or {@code crewai_log}. An answer to {@code
   * getSessionLogs} brings lines again that were heard before; {@link AgentCraftClient#board()} keeps each once.
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
   * Listens to {@code agent_status} at a bounded rate: of each agent's updates the newest, and always the last.
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

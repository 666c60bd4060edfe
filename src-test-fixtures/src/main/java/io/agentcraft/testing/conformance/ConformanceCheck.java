package io.agentcraft.testing.conformance;

import java.util.Locale;

/** The checks, in the order in which they run, each with the sentence of the protocol that it checks. */
public enum ConformanceCheck {

  /** The handshake succeeds. */
  CONNECT("A client connects to ws://HOST:PORT/ws/agent-tracking/{client_id} (as deployed:"
      + " /api/ws/agent-tracking/{client_id})."),

  /** The greeting is sent before anything else that is meant for this client. */
  ACTIVE_SESSIONS_FIRST("Active sessions are sent immediately on connection."),

  /** The greeting has its fields. */
  ACTIVE_SESSIONS_FIELDS(
      "active_sessions has a numeric timestamp and data{ total_sessions, sessions[] }; an entry has"
          + " session_id, query, status and agents_active."),

  /** The logs of a session that exists. */
  SESSION_LOGS("get_session_logs is answered by session_logs with session_id, logs[] and a numeric"
      + " timestamp, at most the last 50."),

  /** The logs of a session that does not exist. */
  SESSION_LOGS_UNKNOWN(
      "get_session_logs for an unknown session is answered by session_logs with an empty list."),

  /** The state of a session that exists. */
  SESSION_STATE(
      "get_session_state is answered by session_state with session_id, a numeric timestamp and state{"
          + " session_id, query, current_phase, overall_progress, active_agents[], crew_output[] }."),

  /** The state of a session that does not exist. */
  SESSION_STATE_UNKNOWN(
      "get_session_state for an unknown session is not answered (as deployed: answered by"
          + " session_not_found)."),

  /** A log stream starts. */
  LOG_STREAMING_START("start_log_streaming enables live log streaming (as deployed: confirmed by"
      + " log_streaming_started)."),

  /** A log stream ends. */
  LOG_STREAMING_STOP(
      "stop_log_streaming disables log streaming (as deployed: confirmed by log_streaming_stopped)."),

  /** A pong is not answered. */
  PONG("pong has no answer."),

  /** Frames of types and with fields that the server does not know. */
  UNKNOWN_FRAME("Unknown types and unknown fields are normal, not errors."),

  /** A frame that is not JSON. */
  MALFORMED_FRAME(
      "A frame that is not JSON makes the server's handler end: without a close frame, or with 1000."
          + " No other client notices."),

  /** Client ids that don't have the form. */
  ID_REFUSAL(
      "A client id that does not match ^client_\\d+_[a-z0-9]+$ is refused: HTTP 403 on the handshake,"
          + " or close code 1008 after it (as deployed: any id is accepted)."),

  /** Answers are not sent to other clients. */
  ISOLATION("An answer goes to the client that asked, and to nobody else."),

  /** A status published over the socket: an extension, which the document does not have. Every client sees it. */
  STATUS_RELAY(
      "As an extension, agent_status from a client is relayed to every client, the sender too (as"
          + " deployed: ignored)."),

  /** A status published over HTTP. Every client of the server sees it. */
  STATUS_BROADCAST("POST /api/ws/broadcast sends its body as it is to every connected client."),

  /** The same id again, after the old connection was closed. */
  RECONNECT_SAME_ID(
      "A client that was disconnected connects again with the same id, and is served as before."),

  /** The same id again, while the old connection is still open. */
  RECONNECT_OVERLAPPING(
      "When an old connection is cleaned up late, a newer one with the same id is still served (as"
          + " deployed: it turns deaf)."),

  /** A silent client is pinged. Takes the ping wait, together with the next check. */
  PING_AFTER_SILENCE("The server waits 30 s for a client frame; when there is none it sends ping."),

  /** A client that keeps sending is not pinged. */
  NO_PING_WHILE_FRAMES_FLOW(
      "Any client frame, pong too, restarts the 30 s: a client that sends often is never"
          + " pinged."),

  /** Frames beyond the limit. Runs only on request, and takes a minute. */
  RATE_LIMIT("More than 60 frames in any 60 s from one client: the rest are silently dropped.");

  private final String sentence;

  ConformanceCheck(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Returns the name of the check, as reports and the command line have it.
   *
   * @return lower-case words with hyphens, such as {@code active-sessions-first}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns what is checked.
   *
   * @return the sentence of the protocol, with what the deployed form does instead
   */
  public String sentence() {
    return sentence;
  }
}

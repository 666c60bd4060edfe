package io.agentcraft.client.message;

import java.util.Objects;

/**
 * A message that a client sends. The types that only clients send are nested here.
 *
 * <p>New permitted types may come in a minor version: keep a {@code default} branch.
 */
public sealed interface ClientMessage extends WireMessage
    permits AgentStatusUpdate,
        ClientMessage.GetSessionLogs,
        ClientMessage.GetSessionState,
        ClientMessage.StartLogStreaming,
        ClientMessage.StopLogStreaming,
        ClientMessage.Pong,
        UnknownMessage {

  /**
   * Requests the state of a session ({@code get_session_state}). The answer is a {@link SessionState}; for an unknown
   * session, it is a {@link SessionNotFound} (deployed backend), or there is none (documented server).
   *
   * @param sessionId the session's id
   */
  record GetSessionState(String sessionId) implements ClientMessage {

    /** The wire name of this type. */
    public static final String TYPE = "get_session_state";

    /**
     * Checks that the session id is not {@code null}.
     *
     * @param sessionId the session's id
     */
    public GetSessionState {
      Objects.requireNonNull(sessionId, "sessionId");
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Requests the newest log entries of a session, at most 50 ({@code get_session_logs}). The answer is a {@link
   * SessionLogs}.
   *
   * @param sessionId the session's id
   */
  record GetSessionLogs(String sessionId) implements ClientMessage {

    /** The wire name of this type. */
    public static final String TYPE = "get_session_logs";

    /**
     * Checks that the session id is not {@code null}.
     *
     * @param sessionId the session's id
     */
    public GetSessionLogs {
      Objects.requireNonNull(sessionId, "sessionId");
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Requests a session's log lines as they are written ({@code start_log_streaming}). A connection has one stream: a
   * later request replaces an earlier one.
   *
   * @param sessionId the session's id
   */
  record StartLogStreaming(String sessionId) implements ClientMessage {

    /** The wire name of this type. */
    public static final String TYPE = "start_log_streaming";

    /**
     * Checks that the session id is not {@code null}.
     *
     * @param sessionId the session's id
     */
    public StartLogStreaming {
      Objects.requireNonNull(sessionId, "sessionId");
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Ends the connection's log stream ({@code stop_log_streaming}). */
  record StopLogStreaming() implements ClientMessage {

    /** The wire name of this type. */
    public static final String TYPE = "stop_log_streaming";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Answers a {@link Ping} ({@code pong}). The client does this automatically. */
  record Pong() implements ClientMessage {

    /** The wire name of this type. */
    public static final String TYPE = "pong";

    @Override
    public String type() {
      return TYPE;
    }
  }
}

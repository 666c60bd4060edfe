package io.agentcraft.client.message;

/**
 * The six things that a {@link SessionEvent} can tell. The frame's {@code type} is the kind, so a kind not listed here
 * arrives as {@link UnknownMessage}.
 */
public enum SessionEventKind {
  /** {@code session_started}: a session began. */
  SESSION_STARTED("session_started"),
  /** {@code agent_status_update}: an agent of the session changed. */
  AGENT_STATUS_UPDATE("agent_status_update"),
  /** {@code phase_update}: the session entered another phase. */
  PHASE_UPDATE("phase_update"),
  /** {@code crew_output}: the crew produced output. */
  CREW_OUTPUT("crew_output"),
  /** {@code session_completed}: the session ended normally. */
  SESSION_COMPLETED("session_completed"),
  /** {@code session_error}: something failed in the session. */
  SESSION_ERROR("session_error");

  private final String wireName;

  SessionEventKind(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Returns the frame type of this kind.
   *
   * @return the value of the frame's {@code type} field
   */
  public String wireName() {
    return wireName;
  }
}

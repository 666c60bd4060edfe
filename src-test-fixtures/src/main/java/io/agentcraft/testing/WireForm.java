package io.agentcraft.testing;

/** The two known forms of the protocol. */
public enum WireForm {

  /** As documented: status updates as {@code agent_status}, upper-case statuses, epoch seconds. */
  DOCUMENTED("/ws/agent-tracking"),

  /**
   * As observed of the deployed backend: whole snapshots in session events, {@code crewai_log} lines, lower-case statuses,
   * monotonic seconds in answers.
   */
  DEPLOYED("/api/ws/agent-tracking");

  private final String path;

  WireForm(String path) {
    this.path = path;
  }

  /**
   * Returns the default path of the WebSocket endpoint in this form.
   *
   * @return the path before the client id, without a trailing slash
   */
  public String path() {
    return path;
  }
}

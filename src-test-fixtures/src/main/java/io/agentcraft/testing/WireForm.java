package io.agentcraft.testing;

/** Which of the two known forms of the protocol a server speaks. */
public enum WireForm {

  /** As documented: status updates as {@code agent_status}, upper-case statuses, epoch seconds. */
  DOCUMENTED("/ws/agent-tracking"),

  /**
   * As the deployed backend was observed to speak: whole snapshots per session event, {@code crewai_log} lines,
   * lower-case statuses, monotonic seconds in answers.
   */
  DEPLOYED("/api/ws/agent-tracking");

  private final String path;

  WireForm(String path) {
    this.path = path;
  }

  /**
   * Returns where this form mounts the WebSocket endpoint by default.
   *
   * @return the path before the client id, without a slash at the end
   */
  public String path() {
    return path;
  }
}

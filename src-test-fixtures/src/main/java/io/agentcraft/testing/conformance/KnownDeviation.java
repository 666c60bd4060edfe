package io.agentcraft.testing.conformance;

/** How servers in the field, mostly of the deployed form, differ from the documented form. Clients of the SDK handle all of it. */
public enum KnownDeviation {

  /** Entries of {@code active_sessions} have phase, progress, agents and started_at. */
  SESSION_SUMMARIES("entries of active_sessions have phase, progress, agents and started_at"),

  /** Agents' statuses are in lower case, and {@code finished} means completed. */
  LOWER_CASE_STATUSES("statuses are in lower case, and \"finished\" means COMPLETED"),

  /** Log entries have a type and an epoch timestamp in place of a level and a time text. */
  LOG_ENTRIES("log entries have a type and an epoch timestamp, and no level"),

  /** {@code session_not_found} answers a {@code get_session_state} for an unknown session. */
  SESSION_NOT_FOUND("session_not_found answers get_session_state for an unknown session"),

  /** Starting and stopping a log stream is confirmed. */
  STREAMING_CONFIRMED("log_streaming_started and log_streaming_stopped confirm the requests"),

  /** Log lines go to every client, streaming or not. */
  LOG_LINES_TO_EVERYONE("log lines go to every client, streaming or not"),

  /** An {@code agent_status} that a client sends is ignored: publish over HTTP. */
  STATUS_NOT_RELAYED("agent_status from a client is ignored; publish by POST /api/ws/broadcast"),

  /** Any client id is accepted: the rule for their form is only among the document's best practices. */
  ANY_CLIENT_ID("any client id is accepted"),

  /** Connections are known by client id only: the clean-up of an old one makes a newer one with the same id deaf. */
  DEAF_CONNECTION("a newer connection with the same client id turns deaf");

  private final String description;

  KnownDeviation(String description) {
    this.description = description;
  }

  /**
   * Returns what a server of the deployed form does.
   *
   * @return one line
   */
  public String description() {
    return description;
  }
}

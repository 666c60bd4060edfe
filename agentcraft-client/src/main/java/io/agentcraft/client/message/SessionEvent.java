package io.agentcraft.client.message;

import io.agentcraft.client.internal.guard.FreeJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change in a session, with the whole session as it is after the change. Only servers of the deployed form send these
 * messages. Their types are the constants of {@link Kind}.
 *
 * @param kind what happened
 * @param sessionId the session's id
 * @param state the session after the event
 * @param timestamp the time of the event in epoch seconds; {@code null} if absent
 * @param data what changed, as free-form JSON, for example {@code agent_name}, {@code status} and {@code current_task}, or
 *     {@code result}. The backend's own events have none; those that a program publishes do. Deeply unmodifiable, empty
 *     if absent
 */
public record SessionEvent(
    Kind kind,
    String sessionId,
    SessionSnapshot state,
    @Nullable WireTime timestamp,
    Map<String, @Nullable Object> data)
    implements ServerMessage {

  /**
   * Checks that kind, session id and state are not {@code null}, and copies the data.
   *
   * @param kind what happened
   * @param sessionId the session's id
   * @param state the session after the event
   * @param timestamp the time of the event in epoch seconds; {@code null} if absent
   * @param data what changed, as free-form JSON; empty if absent
   */
  public SessionEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(state, "state");
    data = FreeJson.copyOf(data);
  }

  @Override
  public String type() {
    return kind.wireName();
  }

  /** What happened. An event of another kind has another frame type, and arrives as an {@link UnknownMessage}. */
  public enum Kind {
    /** {@code session_started}: the session began. */
    SESSION_STARTED("session_started"),
    /** {@code agent_status_update}: an agent of the session changed. */
    AGENT_STATUS_UPDATE("agent_status_update"),
    /** {@code phase_update}: the session entered another phase. */
    PHASE_UPDATE("phase_update"),
    /** {@code crew_output}: the crew produced output. */
    CREW_OUTPUT("crew_output"),
    /** {@code session_completed}: the session ended normally. */
    SESSION_COMPLETED("session_completed"),
    /**
     * {@code session_complete}: the session ended normally, told a second time. Whoever publishes a session sends it after
     * {@link #SESSION_COMPLETED}, for readers that wait for this spelling.
     */
    SESSION_COMPLETE("session_complete"),
    /** {@code session_error}: the session failed. */
    SESSION_ERROR("session_error");

    private final String wireName;

    Kind(String wireName) {
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
}

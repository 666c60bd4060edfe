package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something happened in a session; the frame brings the whole session as it is afterwards. Only the deployed backend
 * sends these six types, which {@link SessionEventKind} tells apart.
 *
 * @param kind what happened
 * @param sessionId the session's id
 * @param state the session after the event
 * @param timestamp when, epoch seconds; {@code null} if the frame had none
 */
public record SessionEvent(
    SessionEventKind kind,
    String sessionId,
    SessionSnapshot state,
    @Nullable WireTime timestamp) implements ServerMessage {

  /**
   * Checks that kind, id and state are not {@code null}.
   *
   * @param kind what happened
   * @param sessionId the session's id
   * @param state the session after the event
   * @param timestamp when, epoch seconds; {@code null} if the frame had none
   */
  public SessionEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(state, "state");
  }

  @Override
  public String type() {
    return kind.wireName();
  }
}

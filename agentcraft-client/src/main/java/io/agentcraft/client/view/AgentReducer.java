package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.SessionView.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the next state of an agent from its previous state and a message about it. */
final class AgentReducer {

  private AgentReducer() {}

  /** For {@code agent_status}, which says by its metadata which session the agent belongs to. */
  static AgentView next(
      @Nullable AgentView previous,
      AgentStatusUpdate update,
      @Nullable String sessionId,
      @Nullable Details details,
      Map<String, @Nullable Object> metadata,
      Instant arrival) {
    return next(
        previous,
        update.agentId(),
        update.agentName(),
        sessionId,
        update.status(),
        update.statusText(),
        update.progress(),
        update.message(),
        details,
        metadata,
        update.timestamp(),
        arrival);
  }

  /** For an agent within a session. Responses to {@code get_session_state} lack the agent id that session events have. */
  static AgentView next(
      @Nullable AgentView previous,
      AgentState agent,
      String sessionId,
      @Nullable WireTime frameTime,
      Instant arrival) {
    return next(
        previous,
        agent.agentId() == null ? "" : agent.agentId(),
        agent.agentName(),
        sessionId,
        agent.status(),
        agent.statusText(),
        agent.progress(),
        agent.currentTask() == null ? "" : agent.currentTask(),
        agent.details(),
        previous == null ? Map.of() : previous.metadata(),
        agent.updatedAt() != null ? agent.updatedAt() : frameTime,
        arrival);
  }

  private static AgentView next(
      @Nullable AgentView previous,
      String id,
      String name,
      @Nullable String sessionId,
      AgentStatus status,
      String statusText,
      double progress,
      String message,
      @Nullable Details details,
      Map<String, @Nullable Object> metadata,
      @Nullable WireTime time,
      Instant arrival) {
    if (previous == null) {
      return new AgentView(
          id,
          name,
          sessionId,
          status,
          statusText,
          progress,
          message,
          details,
          metadata,
          time,
          timeOf(time, arrival),
          arrival,
          false);
    }
    boolean statusMissing = status == AgentStatus.UNKNOWN && statusText.isEmpty();
    AgentStatus nextStatus = statusMissing ? previous.status() : status;
    String nextText = statusMissing ? previous.statusText() : statusText;
    // A run does not begin with the progress that the one before it ended with.
    boolean newRun = previous.isEnded() && !nextStatus.isFinal();
    boolean same = previous.hasStatus(nextStatus, nextText);
    return new AgentView(
        id.isEmpty() ? previous.id() : id,
        name.isEmpty() ? previous.name() : keep(previous.name(), name),
        sessionId,
        nextStatus,
        nextText,
        Double.isNaN(progress) && !newRun ? previous.progress() : progress,
        keep(previous.message(), message),
        Objects.equals(previous.details(), details) ? previous.details() : details,
        keep(previous.metadata(), metadata),
        time,
        same ? previous.statusSince() : timeOf(time, arrival),
        arrival,
        false);
  }

  /** Most messages repeat most of what is known: the object that is kept is compared by identity the next time, and fewer young objects survive. */
  private static <T> T keep(T known, T received) {
    return known.equals(received) ? known : received;
  }

  /** Ends an agent with its session: all agents of a completed session are done, and those at work in a failed one failed. */
  static AgentView ended(
      AgentView agent,
      @Nullable AgentView previous,
      Outcome outcome,
      @Nullable String error,
      Instant arrival) {
    boolean completed = outcome == Outcome.COMPLETED;
    if (agent.isEnded() || (!completed && !agent.isAtWork())) {
      return agent;
    }
    AgentStatus status = completed ? AgentStatus.COMPLETED : AgentStatus.ERROR;
    Details details = agent.details();
    if (!completed && error != null && (details == null || details.text().isEmpty())) {
      details = Details.of(error);
    }
    return new AgentView(
        agent.id(),
        agent.name(),
        agent.sessionId(),
        status,
        status.wireText(),
        completed ? 100 : agent.progress(),
        agent.message(),
        details,
        agent.metadata(),
        agent.timestamp(),
        previous != null && previous.status() == status
            ? previous.statusSince()
            : timeOf(agent.timestamp(), arrival),
        agent.updatedAt(),
        agent.stale());
  }

  private static Instant timeOf(@Nullable WireTime time, Instant arrival) {
    return time == null ? arrival : time.instant().orElse(arrival);
  }
}

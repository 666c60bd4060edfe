package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.Publication.Content;
import io.agentcraft.client.internal.publish.PublishedRun.News;
import io.agentcraft.client.internal.publish.PublishedSession.Agent;
import io.agentcraft.client.internal.publish.PublishedSession.End;
import io.agentcraft.client.internal.publish.PublishedSession.Output;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session in the documented form: a status of one agent, whose {@code metadata} say what there is to say of the
 * session.
 */
final class StatusFrames {

  private static final String SESSION_ID = "session_id";

  private StatusFrames() {}

  /** Returns the session that a status names; {@code null} if it names none. */
  static @Nullable String sessionId(AgentStatusUpdate status) {
    return status.metadata().get(SESSION_ID) instanceof String id ? id : null;
  }

  /** Returns the status that tells an update; {@code null} if there is no agent that it could be a status of. */
  static @Nullable AgentStatusUpdate of(Publication publication) {
    PublishedRun run = publication.run();
    if (run == null) {
      return ((Content.Plain) publication.content()).update();
    }
    PublishedSession session = run.state();
    int index = agent(publication.content(), run, session);
    if (index < 0) {
      return null;
    }
    Agent agent = session.agents().get(index);
    AgentStatusUpdate update = status(publication.content(), index, run, agent);
    run.told(index, update);
    News news = publication.tell(run, session);
    return with(
        update, metadata(update, agent.details(), session, news, publication.endsSession()));
  }

  /** Returns the statuses of all agents that were told to be at work. */
  static List<AgentStatusUpdate> reminder(PublishedRun run) {
    PublishedSession session = run.state();
    List<AgentStatusUpdate> statuses = new ArrayList<>();
    for (int index : session.atWork()) {
      AgentStatusUpdate told = run.statusTold(index);
      if (told != null) {
        String details = session.agents().get(index).details();
        statuses.add(with(told, metadata(told, details, session, News.NONE, false)));
      }
    }
    return statuses;
  }

  private static int agent(Content content, PublishedRun run, PublishedSession session) {
    if (content instanceof Content.Status status) {
      return status.agent();
    }
    if (content instanceof Content.Reminder) {
      // One frame, so one agent: each in turn.
      List<Integer> atWork = session.atWork();
      return atWork.isEmpty() ? -1 : atWork.get(run.nextReminder() % atWork.size());
    }
    if (content instanceof Content.News && run.lastTold() >= 0) {
      return run.lastTold();
    }
    // Before any agent has begun to work, the first one tells what there is.
    return Math.max(session.lastChanged(), session.agents().isEmpty() ? -1 : 0);
  }

  /** News and reminders tell nothing of an agent that is newer than what was told: that is up to its own updates. */
  private static AgentStatusUpdate status(
      Content content, int index, PublishedRun run, Agent agent) {
    if (content instanceof Content.Status status) {
      return status.update();
    }
    AgentStatusUpdate told = run.statusTold(index);
    return told == null || content instanceof Content.End ? agent.update() : told;
  }

  private static AgentStatusUpdate with(
      AgentStatusUpdate update, Map<String, @Nullable Object> metadata) {
    return new AgentStatusUpdate(
        update.agentId(),
        update.agentName(),
        update.status(),
        update.statusText(),
        update.progress(),
        update.message(),
        update.timestamp(),
        metadata);
  }

  private static Map<String, @Nullable Object> metadata(
      AgentStatusUpdate update,
      @Nullable String details,
      PublishedSession session,
      News news,
      boolean last) {
    Map<String, @Nullable Object> metadata = new HashMap<>(update.metadata());
    metadata.put(SESSION_ID, session.id());
    metadata.put("session_query", session.query());
    metadata.put("session_status", "active");
    if (!session.phase().isEmpty()) {
      metadata.put("session_phase", session.phase());
    }
    if (details != null) {
      metadata.put("details", details);
    }
    if (!news.outputs().isEmpty()) {
      metadata.put(
          "session_output", news.outputs().stream().map(StatusFrames::output).toList());
    }
    if (last) {
      End end = Objects.requireNonNull(session.end());
      metadata.put("session_status", end.isFailure() ? "failed" : "completed");
      metadata.put(end.isFailure() ? "session_error" : "session_result", end.text());
    }
    return metadata;
  }

  private static Map<String, @Nullable Object> output(Output output) {
    Map<String, @Nullable Object> entry = new HashMap<>();
    entry.put("timestamp", output.at().toEpochMilli() / 1e3);
    entry.put("type", output.type());
    entry.put("content", output.content());
    entry.put("agent", output.agent());
    return entry;
  }
}

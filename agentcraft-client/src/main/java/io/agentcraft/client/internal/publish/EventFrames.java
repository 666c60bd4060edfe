package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.Publication.Content;
import io.agentcraft.client.internal.publish.PublishedRun.News;
import io.agentcraft.client.internal.publish.PublishedSession.Agent;
import io.agentcraft.client.internal.publish.PublishedSession.End;
import io.agentcraft.client.internal.publish.PublishedSession.Output;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionEvent.Kind;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session as events of the deployed form. Each has the whole {@code state}, which one component of its pages reads,
 * and in {@code data} what changed, which the other one reads.
 */
final class EventFrames {

  private final PublishedSession session;
  private final SessionSnapshot state;
  private final WireTime now;
  private final List<ServerMessage> events = new ArrayList<>();

  private EventFrames(PublishedSession session, Instant now) {
    this.session = session;
    this.now = WireTime.epoch(now);
    this.state = snapshot(session);
  }

  /** Returns the events that tell an update, and before it what is new of its session. */
  static List<ServerMessage> of(Publication publication, PublishedRun run, Instant now) {
    PublishedSession session = run.state();
    EventFrames frames = new EventFrames(session, now);
    frames.news(publication.tell(run, session));
    Content content = publication.content();
    if (content instanceof Content.Status status) {
      if (status.collaboration() != null) {
        frames.events.add(status.collaboration());
      }
      frames.agent(status.agent());
    } else if (content instanceof Content.Reminder) {
      frames.reminder();
    } else if (content instanceof Content.End end) {
      frames.end(end.agent());
    }
    return frames.events;
  }

  private void news(News news) {
    if (news.start()) {
      started();
    }
    if (news.phase()) {
      add(Kind.PHASE_UPDATE, data("phase", session.phase()));
    }
    news.outputs().forEach(this::output);
  }

  private void started() {
    Map<String, @Nullable Object> data = data("query", session.query());
    data.put(
        "agent_names",
        session.agents().stream().map(agent -> agent.update().agentName()).toList());
    add(Kind.SESSION_STARTED, data);
  }

  private void reminder() {
    if (events.isEmpty()) {
      started();
    }
    session.atWork().forEach(this::agent);
  }

  private void output(Output output) {
    Map<String, @Nullable Object> data = data("output_type", output.type());
    data.put("content", output.content());
    data.put("agent_name", output.agent());
    add(Kind.CREW_OUTPUT, data);
  }

  private void agent(int index) {
    Agent agent = session.agents().get(index);
    AgentStatusUpdate update = agent.update();
    Map<String, @Nullable Object> data = data("agent_id", update.agentId());
    data.put("agent_name", update.agentName());
    data.put("status", statusText(update).toUpperCase(Locale.ROOT));
    data.put("progress", update.progress());
    data.put("current_task", update.message());
    data.put("details", agent.details());
    add(Kind.AGENT_STATUS_UPDATE, data);
  }

  private void end(int agent) {
    End end = Objects.requireNonNull(session.end());
    if (agent >= 0) {
      agent(agent);
    }
    if (end.isFailure()) {
      add(Kind.SESSION_ERROR, data("error", end.text()));
    } else {
      add(Kind.SESSION_COMPLETED, data("result", end.text()));
      // The page that opens waits for this spelling.
      add(Kind.SESSION_COMPLETE, data("result", end.text()));
    }
  }

  private Map<String, @Nullable Object> data(String name, @Nullable Object value) {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("session_id", session.id());
    data.put(name, value);
    return data;
  }

  private void add(Kind kind, Map<String, @Nullable Object> data) {
    events.add(new SessionEvent(kind, session.id(), state, now, data));
  }

  private static SessionSnapshot snapshot(PublishedSession session) {
    return new SessionSnapshot(
        session.id(),
        session.query(),
        session.phase(),
        session.overallProgress(),
        session.agents().stream().map(EventFrames::state).toList(),
        session.outputs().stream().<@Nullable Object>map(EventFrames::entry).toList(),
        session.agents().size(),
        session.completedAgents(),
        WireTime.epoch(session.startedAt()),
        null);
  }

  private static AgentState state(Agent agent) {
    AgentStatusUpdate update = agent.update();
    return AgentState.builder(update.agentName())
        .agentId(update.agentId())
        .status(statusText(update).toLowerCase(Locale.ROOT))
        .progress(update.progress())
        .currentTask(update.message().isEmpty() ? null : update.message())
        .details(agent.details() == null ? null : Details.of(agent.details()))
        .startedAt(agent.startedAt() == null ? null : WireTime.epoch(agent.startedAt()))
        .updatedAt(WireTime.epoch(agent.updatedAt()))
        .build();
  }

  private static String statusText(AgentStatusUpdate update) {
    return update.status() == AgentStatus.COMPLETED ? "finished" : update.statusText();
  }

  private static Map<String, @Nullable Object> entry(Output output) {
    Map<String, @Nullable Object> entry = new HashMap<>();
    entry.put("timestamp", output.at().toEpochMilli() / 1e3);
    entry.put("type", output.type());
    entry.put("content", output.content());
    entry.put("agent", output.agent());
    return entry;
  }
}

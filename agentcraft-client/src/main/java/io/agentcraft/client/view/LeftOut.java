package io.agentcraft.client.view;

import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.guard.FreeJson;
import io.agentcraft.client.internal.guard.ImmutableJson;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leaves long texts and details out of a view, and says so in their place. What is short stays as it is. */
final class LeftOut {

  private static final int KEPT_CHARS = 256;

  /** The key of the mark in place of an object. */
  private static final String KEY = "left_out";

  private static final String MARK = " characters left out";
  private static final String MARK_END = MARK + ")";

  private LeftOut() {}

  static AgentView of(AgentView agent) {
    return new AgentView(
        agent.id(),
        agent.name(),
        agent.sessionId(),
        agent.status(),
        agent.statusText(),
        agent.progress(),
        text(agent.message()),
        details(agent.details()),
        object(agent.metadata()),
        agent.timestamp(),
        agent.statusSince(),
        agent.updatedAt(),
        agent.stale());
  }

  /** Leaves agents alone of which a message told at a time: a session may be older than what is known of its agents. */
  static SessionView of(SessionView session, @Nullable Instant sparing) {
    List<AgentView> agents = session.agents().stream()
        .map(agent -> agent.updatedAt().equals(sparing) ? agent : of(agent))
        .toList();
    return new SessionView(
        session.sessionId(),
        text(session.query()),
        session.status(),
        session.phase(),
        session.displayStatus(),
        session.progress(),
        session.agentsActive(),
        session.totalAgents(),
        agents,
        session.completedAgents(),
        FreeJson.copyOf(session.crewOutput().stream().map(LeftOut::entry).toList()),
        session.startedAt(),
        session.estimatedCompletion(),
        session.lastEvent(),
        session.snapshotReceived(),
        session.removed(),
        session.updatedAt(),
        session.stale(),
        session.outcome(),
        nullableText(session.result()),
        nullableText(session.error()),
        session.listed());
  }

  static CollaborationView of(CollaborationView view) {
    AgentCollaboration collaboration = view.collaboration();
    return new CollaborationView(
        new AgentCollaboration(
            text(collaboration.primaryAgent()),
            text(collaboration.secondaryAgent()),
            text(collaboration.collaborationType()),
            text(collaboration.reason()),
            collaboration.timestamp()),
        view.arrivedAt(),
        view.stale());
  }

  static LogLineView of(LogLineView view) {
    return new LogLineView(line(view.line().source()), view.arrivedAt(), view.stale());
  }

  /** The source is a message with this line only; see {@link LogReducer}. */
  private static LogLine line(ServerMessage source) {
    if (source instanceof SessionLogs logs) {
      LogEntry entry = entry(logs.logs().get(0));
      return LogLine.of(new SessionLogs(logs.sessionId(), List.of(entry), logs.timestamp()), entry);
    }
    CrewAiLog log = (CrewAiLog) source;
    return LogLine.of(new CrewAiLog(log.timestamp(), line(log.log())));
  }

  private static LogEntry entry(LogEntry entry) {
    return new LogEntry(
        entry.timestamp(),
        nullableText(entry.level()),
        nullableText(entry.type()),
        nullableText(entry.agent()),
        nullableText(entry.status()),
        nullableText(entry.task()),
        nullableText(entry.message()),
        details(entry.details()));
  }

  private static CrewAiLog.Line line(CrewAiLog.Line line) {
    CrewAiLog.AgentInfo agent = line.agentInfo();
    Map<String, @Nullable Object> data = line.data();
    return new CrewAiLog.Line(
        line.timestamp(),
        line.datetime(),
        line.sessionId(),
        nullableText(line.level()),
        nullableText(line.logger()),
        nullableText(line.message()),
        nullableText(line.rawMessage()),
        nullableText(line.source()),
        nullableText(line.module()),
        nullableText(line.function()),
        line.line(),
        nullableText(line.eventType()),
        agent == null
            ? null
            : new CrewAiLog.AgentInfo(nullableText(agent.agentName()), nullableText(agent.task())),
        data == null ? null : object(data));
  }

  private static @Nullable String nullableText(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private static String text(String text) {
    return text.length() <= 2 * KEPT_CHARS
        ? text
        : LogText.beginning(text, KEPT_CHARS) + " (" + mark(text.length() - KEPT_CHARS) + ")";
  }

  private static @Nullable Details details(@Nullable Details details) {
    long chars = MessageSize.of(details);
    return isShort(chars) ? details : Details.of("(" + mark(chars) + ")");
  }

  private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object) {
    long chars = ImmutableJson.charsOf(object);
    return isShort(chars) ? object : FreeJson.copyOf(Map.of(KEY, mark(chars)));
  }

  /** For an entry of the output of a crew, which may be a long list of them. */
  static @Nullable Object entry(@Nullable Object entry) {
    long chars = ImmutableJson.charsOf(entry);
    return chars <= KEPT_CHARS / 2 ? entry : "(" + mark(chars) + ")";
  }

  /** Returns whether two texts are the same, or one is what is left of the other. */
  static boolean isSame(String before, String now) {
    return before.equals(now) || (before.endsWith(MARK_END) && before.equals(text(now)));
  }

  /** Returns whether two pairs of details are the same, or one is what is left of the other. */
  static boolean isSame(@Nullable Details before, @Nullable Details now) {
    return Objects.equals(before, now)
        || (before != null
            && before.value() instanceof String text
            && text.endsWith(MARK_END)
            && before.equals(details(now)));
  }

  /** Returns whether two objects are the same, or one is what is left of the other. */
  static boolean isSame(Map<String, @Nullable Object> before, Map<String, @Nullable Object> now) {
    return before.equals(now) || (before.containsKey(KEY) && before.equals(object(now)));
  }

  private static boolean isShort(long chars) {
    return chars <= 2 * KEPT_CHARS;
  }

  private static String mark(long chars) {
    return chars + MARK;
  }
}

package io.agentcraft.client.codec;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.message.WireTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages with random values, of every type in turn; the same seed makes the same message. */
final class RandomMessages {

  private final RandomJson random;
  private final List<Supplier<WireMessage>> makers;

  RandomMessages(long seed) {
    this.random = new RandomJson(seed);
    this.makers = List.of(
        this::activeSessions,
        this::agentStatus,
        this::agentCollaboration,
        () -> new SessionState(text(), snapshot(), time()),
        () -> new SessionEvent(
            random.oneOf(SessionEvent.Kind.values()), text(), snapshot(), time(), random.object(3)),
        () -> new SessionLogs(text(), random.list(this::logEntry), time()),
        () -> new SessionNotFound(text(), time()),
        this::crewAiLog,
        () -> new LogStreamingStarted(maybeText(), time(), text()),
        () -> new LogStreamingStopped(time(), text()),
        () -> new Ping(time()),
        this::unknown,
        () -> new GetSessionLogs(text()),
        () -> new GetSessionState(text()),
        () -> new StartLogStreaming(text()),
        StopLogStreaming::new,
        Pong::new);
  }

  int types() {
    return makers.size();
  }

  WireMessage next(int type) {
    return makers.get(type).get();
  }

  private ActiveSessions activeSessions() {
    return new ActiveSessions(time(), random.integer(), random.list(this::summary));
  }

  private SessionSummary summary() {
    return new SessionSummary(
        text(),
        maybeText(),
        maybeText(),
        maybeInteger(),
        maybeText(),
        random.progress(),
        maybeInteger(),
        time());
  }

  private AgentStatusUpdate agentStatus() {
    String status = random.status();
    return new AgentStatusUpdate(
        text(),
        text(),
        AgentStatus.fromWire(status),
        status,
        random.progress(),
        text(),
        time(),
        random.object(3));
  }

  private AgentCollaboration agentCollaboration() {
    return new AgentCollaboration(text(), text(), text(), text(), time());
  }

  private SessionSnapshot snapshot() {
    return new SessionSnapshot(
        text(),
        text(),
        text(),
        random.progress(),
        random.list(this::agent),
        random.freeList(3),
        maybeInteger(),
        random.list(this::text),
        time(),
        time());
  }

  private AgentState agent() {
    String status = random.status();
    return new AgentState(
        maybeText(),
        text(),
        AgentStatus.fromWire(status),
        status,
        random.progress(),
        maybeText(),
        details(),
        time(),
        time());
  }

  private LogEntry logEntry() {
    return new LogEntry(
        time(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        details());
  }

  private CrewAiLog crewAiLog() {
    CrewAiLog.Line line = new CrewAiLog.Line(
        time(),
        time(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeText(),
        maybeInteger(),
        maybeText(),
        random.coin() ? null : new CrewAiLog.AgentInfo(maybeText(), maybeText()),
        random.coin() ? null : random.object(3));
    return new CrewAiLog(time(), line);
  }

  private UnknownMessage unknown() {
    List<String> fields = new ArrayList<>(random.list(() -> random.jsonText(3)));
    StringBuilder raw = new StringBuilder("{");
    for (int i = 0; i < fields.size(); i++) {
      raw.append("\"f").append(i).append("\":").append(fields.get(i)).append(", ");
    }
    return new UnknownMessage("custom", raw.append("\"type\": \"custom\"}").toString());
  }

  private String text() {
    return random.text();
  }

  private @Nullable String maybeText() {
    return random.coin() ? null : random.text();
  }

  private @Nullable Integer maybeInteger() {
    return random.coin() ? null : random.integer();
  }

  private @Nullable WireTime time() {
    return random.time();
  }

  private @Nullable Details details() {
    Object value = random.value(3);
    return value == null ? null : new Details(value);
  }
}

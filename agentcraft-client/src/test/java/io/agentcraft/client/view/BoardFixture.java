package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A board with a manual clock, and factory methods for messages. */
final class BoardFixture {

  static final Instant WIRE = Instant.parse("2024-01-20T10:30:45.123Z");

  final ManualScheduler scheduler = ManualScheduler.inline();
  final TrackingBoard board;

  BoardFixture() {
    this(TrackingBoard.builder());
  }

  BoardFixture(TrackingBoard.Builder builder) {
    this.board = builder.clock(scheduler::now).build();
  }

  Instant now() {
    return scheduler.now();
  }

  BoardSnapshot feed(ServerMessage... messages) {
    for (ServerMessage message : messages) {
      board.accept(message);
    }
    return board.snapshot();
  }

  BoardSnapshot passes(Duration time) {
    scheduler.advance(time);
    return board.snapshot();
  }

  BoardSnapshot connect() {
    scheduler.advance(Duration.ofSeconds(1));
    board.accept(state(ConnectionStatus.CONNECTED, now()));
    return board.snapshot();
  }

  BoardSnapshot lose() {
    board.accept(
        state(ConnectionStatus.RECONNECTING, board.snapshot().connection().lastConnected()));
    return board.snapshot();
  }

  static ConnectionState state(ConnectionStatus status, @Nullable Instant lastConnected) {
    return new ConnectionState(status, 0, null, lastConnected, null, null);
  }

  static AgentStatusUpdate update(String id, AgentStatus status, @Nullable WireTime timestamp) {
    return update(id, status, status.name(), 50, timestamp);
  }

  static AgentStatusUpdate update(
      String id, AgentStatus status, String text, double progress, @Nullable WireTime timestamp) {
    return new AgentStatusUpdate(
        id, "Agent " + id, status, text, progress, "working", timestamp, Map.of());
  }

  /** The status of an agent that names its session, with progress 50, or 100 if it is completed. */
  static AgentStatusUpdate statusIn(
      String sessionId, String id, AgentStatus status, Map<String, Object> more) {
    Map<String, Object> metadata = new HashMap<>(more);
    metadata.put("session_id", sessionId);
    double progress =
        status == AgentStatus.COMPLETED ? 100 : status == AgentStatus.PROCESSING ? 50 : 0;
    return new AgentStatusUpdate(
        id, "Agent " + id, status, status.name(), progress, "working", null, metadata);
  }

  static ActiveSessions active(SessionSummary... sessions) {
    return new ActiveSessions(WireTime.ofSeconds(736.9), sessions.length, List.of(sessions));
  }

  static SessionSummary documented(String id) {
    return SessionSummary.documented(id, "How?", "processing", 2);
  }

  static SessionSummary deployed(String id) {
    return SessionSummary.deployed(id, "execution", 40.5, 3, WireTime.epoch(WIRE));
  }

  static AgentState sessionAgent(@Nullable String id, String name, AgentStatus status) {
    return new AgentState(id, name, status, status.name(), 10, null, null, null, null);
  }

  static SessionState answer(String id, AgentState... agents) {
    SessionSnapshot snapshot =
        SessionSnapshot.documented(id, "How?", "processing", 65, List.of(agents), List.of("out"));
    return new SessionState(id, snapshot, WireTime.ofSeconds(740));
  }

  static SessionEvent event(SessionEvent.Kind kind, String id, AgentState... agents) {
    SessionSnapshot snapshot = new SessionSnapshot(
        id,
        "How?",
        "execution",
        66.6,
        List.of(agents),
        List.of(Map.of("type", "thought")),
        agents.length,
        List.of("Done Agent"),
        WireTime.epoch(WIRE),
        WireTime.epoch(WIRE.plusSeconds(60)));
    return new SessionEvent(kind, id, snapshot, WireTime.epoch(WIRE), Map.of());
  }

  static LogEntry entry(@Nullable WireTime time, String message) {
    return new LogEntry(time, "info", null, "Indexer", null, null, message, null);
  }

  static SessionLogs logs(String sessionId, LogEntry... entries) {
    return new SessionLogs(sessionId, Arrays.asList(entries), WireTime.ofSeconds(740));
  }
}

package io.agentcraft.examples.live;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.examples.live.View.Frame;
import java.io.EOFException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Creates frames for tests, from messages as a server would send them. */
public final class Frames {

  public static final Instant NOW = Instant.parse("2026-11-23T10:20:30Z");

  private final TrackingBoard board = TrackingBoard.create(() -> NOW);
  private final Tally tally = new Tally();
  private Duration sinceStateChange = Duration.ZERO;

  public static ConnectionState state(ConnectionStatus status) {
    return new ConnectionState(status, 0, null, NOW, null, null);
  }

  public static ConnectionState waiting(int attempt, Duration delay) {
    return new ConnectionState(
        ConnectionStatus.RECONNECTING,
        attempt,
        delay,
        NOW,
        new DisconnectCause.ConnectionLost(new EOFException()),
        null);
  }

  public Frames connection(ConnectionState state) {
    board.accept(state);
    tally.count(state);
    return this;
  }

  public Frames connected() {
    return connection(state(ConnectionStatus.CONNECTED));
  }

  public Frames reconnected() {
    return connection(waiting(1, Duration.ofSeconds(2))).connected();
  }

  public Frames message(ServerMessage message) {
    board.accept(message);
    tally.count(message);
    return this;
  }

  public Frames error(String error) {
    tally.countError(error);
    return this;
  }

  public Frames agent(String name, AgentStatus status, double progress, String message) {
    return message(AgentStatusUpdate.builder("agent_" + name, name)
        .status(status)
        .progress(progress)
        .message(message)
        .build());
  }

  /** An update as it arrives from a server that sends no progress. */
  public static AgentStatusUpdate withoutProgress(String name) {
    String frame = "{\"type\":\"agent_status\",\"agent_id\":\"agent_" + name
        + "\",\"agent_name\":\"" + name + "\",\"status\":\"processing\",\"message\":\"Reading\"}";
    return (AgentStatusUpdate) MessageCodec.create().decodeServer(frame);
  }

  public Frames agentWithoutProgress(String name) {
    return message(withoutProgress(name));
  }

  public Frames sessions(String status, String... ids) {
    List<SessionSummary> sessions = java.util.Arrays.stream(ids)
        .map(id -> SessionSummary.documented(id, "Query of " + id, status, 2))
        .toList();
    return message(new ActiveSessions(null, sessions.size(), sessions));
  }

  public Frames talk(String from, String to, String reason) {
    return message(new AgentCollaboration(from, to, "handoff", reason, null));
  }

  public Frames log(String session, String level, String agent, String text) {
    return message(new SessionLogs(
        session, List.of(LogEntry.documented(WireTime.iso(NOW), level, agent, text)), null));
  }

  public Frames since(Duration sinceStateChange) {
    this.sinceStateChange = sinceStateChange;
    return this;
  }

  public Frame frame() {
    return new Frame(
        "AgentCraft demo",
        "ws://127.0.0.1:4321",
        board.snapshot(),
        tally.counts(),
        Duration.ofSeconds(12),
        Duration.ofSeconds(20),
        sinceStateChange,
        ZoneOffset.UTC);
  }
}

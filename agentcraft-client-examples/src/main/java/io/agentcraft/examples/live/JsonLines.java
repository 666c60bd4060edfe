package io.agentcraft.examples.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats changes as JSON, each as one object on one line. Its fields are described in the README of this module. */
public final class JsonLines {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLines() {}

  /**
   * Formats a change of the connection.
   *
   * @param at when it happened
   * @param state the new state
   * @return one line
   */
  public static String of(Instant at, ConnectionState state) {
    ObjectNode line = line("connection", at);
    line.put("status", state.status().toString());
    line.put("attempt", state.attempt());
    line.put("cause", state.cause() == null ? null : state.cause().description());
    return text(line);
  }

  /**
   * Formats a change of an agent.
   *
   * @param at when it arrived
   * @param change the change
   * @return one line
   */
  public static String of(Instant at, AgentChange change) {
    AgentView agent = change.now();
    ObjectNode line = line("agent", at);
    line.put("session_id", agent.sessionId());
    line.put("agent_id", agent.id().isEmpty() ? null : agent.id());
    line.put("agent_name", agent.displayName());
    line.put("status", Text.status(agent));
    putProgress(line, agent.progress(), agent.displayProgress());
    line.put("message", agent.message());
    putDetails(line, agent.details());
    line.put("started", change.isStart());
    line.put("ended", change.isEnd());
    var changed = line.putArray("changed");
    change.changed().forEach(field -> changed.add(word(field)));
    return text(line);
  }

  /**
   * Formats a change of a session.
   *
   * @param at when it arrived
   * @param change the change
   * @return one line
   */
  public static String of(Instant at, SessionChange change) {
    SessionView session = change.now();
    ObjectNode line = line("session", at);
    line.put("kind", word(change.kind()));
    line.put("session_id", session.sessionId());
    line.put("query", session.query());
    line.put("phase", session.displayStatus());
    putProgress(line, session.progress(), session.displayProgress());
    line.put("agents", session.agents().size());
    line.put(
        "completed_agents",
        session.agents().stream()
            .filter(agent -> agent.status() == AgentStatus.COMPLETED)
            .count());
    line.set("output", MAPPER.valueToTree(change.newOutput()));
    line.put("result", session.result());
    boolean unknown =
        session.outcome() != SessionView.Outcome.FAILED || Text.reason(session).isEmpty();
    line.put("error", unknown ? null : Text.reason(session));
    return text(line);
  }

  /**
   * Formats a collaboration.
   *
   * @param at when it arrived
   * @param collaboration the message
   * @return one line
   */
  public static String of(Instant at, AgentCollaboration collaboration) {
    ObjectNode line = line("collaboration", at);
    line.put("primary_agent", collaboration.primaryAgent());
    line.put("secondary_agent", collaboration.secondaryAgent());
    line.put("collaboration_type", collaboration.collaborationType());
    line.put("reason", collaboration.reason());
    return text(line);
  }

  /**
   * Formats a log line.
   *
   * @param at when it arrived
   * @param log the line
   * @return one line
   */
  public static String of(Instant at, LogLine log) {
    ObjectNode line = line("log", at);
    line.put("session_id", log.sessionId());
    WireTime time = log.timestamp();
    line.put(
        "timestamp",
        time == null ? null : time.instant().map(Object::toString).orElse(time.toString()));
    line.put("level", log.level());
    line.put("agent", log.agent());
    line.put("message", log.message());
    putDetails(line, log.details());
    return text(line);
  }

  /**
   * Formats an error.
   *
   * @param at when it happened
   * @param message what is wrong
   * @return one line
   */
  public static String error(Instant at, String message) {
    return text(line("error", at).put("message", message));
  }

  private static ObjectNode line(String change, Instant at) {
    return MAPPER.createObjectNode().put("change", change).put("time", at.toString());
  }

  private static void putProgress(ObjectNode line, double progress, double shown) {
    if (Double.isNaN(progress)) {
      line.putNull("progress");
    } else {
      line.put("progress", shown);
    }
  }

  private static void putDetails(ObjectNode line, @Nullable Details details) {
    line.set("details", details == null ? null : MAPPER.valueToTree(details.value()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String text(ObjectNode line) {
    return Text.printableJson(line.toString());
  }
}

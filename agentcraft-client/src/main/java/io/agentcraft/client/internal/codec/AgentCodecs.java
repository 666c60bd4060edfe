package io.agentcraft.client.internal.codec;

import io.agentcraft.client.internal.codec.MessageType.Codec;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs of messages about agents, and of the agents within the state of a session. */
final class AgentCodecs {

  private AgentCodecs() {}

  /** {@code agent_status}. */
  static final class Status implements Codec<AgentStatusUpdate> {

    @Override
    public AgentStatusUpdate read(FrameReader in) throws IOException {
      String agentId = null;
      String agentName = "";
      String status = "";
      double progress = Double.NaN;
      String message = "";
      WireTime timestamp = null;
      Map<String, @Nullable Object> metadata = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "agent_id" -> agentId = in.optionalText();
          case "agent_name" -> agentName = in.text();
          case "status" -> status = in.text();
          case "progress" -> progress = in.number();
          case "message" -> message = in.text();
          case "timestamp" -> timestamp = in.time();
          case "metadata" -> metadata = in.freeObject();
          default -> in.skipField(name);
        }
      }
      return new AgentStatusUpdate(
          in.required("agent_id", agentId),
          agentName,
          AgentStatus.fromWire(status),
          status,
          progress,
          message,
          timestamp,
          metadata != null ? metadata : Map.of());
    }

    @Override
    public void write(AgentStatusUpdate update, FrameWriter out) throws IOException {
      out.text("agent_id", update.agentId());
      out.text("agent_name", update.agentName());
      out.status("status", update.status(), update.statusText());
      out.progress("progress", update.progress());
      out.text("message", update.message());
      out.optionalTime("timestamp", update.timestamp());
      if (!update.metadata().isEmpty()) {
        out.free("metadata", update.metadata());
      }
    }
  }

  /** {@code agent_collaboration}. */
  static final class Collaboration implements Codec<AgentCollaboration> {

    @Override
    public AgentCollaboration read(FrameReader in) throws IOException {
      String primaryAgent = "";
      String secondaryAgent = "";
      String collaborationType = "";
      String reason = "";
      WireTime timestamp = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "primary_agent" -> primaryAgent = in.text();
          case "secondary_agent" -> secondaryAgent = in.text();
          case "collaboration_type" -> collaborationType = in.text();
          case "reason" -> reason = in.text();
          case "timestamp" -> timestamp = in.time();
          default -> in.skipField(name);
        }
      }
      return new AgentCollaboration(
          primaryAgent, secondaryAgent, collaborationType, reason, timestamp);
    }

    @Override
    public void write(AgentCollaboration collaboration, FrameWriter out) throws IOException {
      out.text("primary_agent", collaboration.primaryAgent());
      out.text("secondary_agent", collaboration.secondaryAgent());
      out.text("collaboration_type", collaboration.collaborationType());
      out.text("reason", collaboration.reason());
      out.optionalTime("timestamp", collaboration.timestamp());
    }
  }

  /** Reads an element of {@code active_agents}. */
  static AgentState readState(FrameReader in) throws IOException {
    String agentId = null;
    String agentName = "";
    String status = "";
    double progress = Double.NaN;
    String currentTask = null;
    Details details = null;
    WireTime startedAt = null;
    WireTime updatedAt = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "agent_id" -> agentId = in.optionalText();
        case "agent_name" -> agentName = in.text();
        case "status" -> status = in.text();
        case "progress" -> progress = in.number();
        case "current_task" -> currentTask = in.optionalText();
        case "details" -> details = in.details();
        case "started_at" -> startedAt = in.time();
        case "updated_at" -> updatedAt = in.time();
        default -> in.skip();
      }
    }
    return new AgentState(
        agentId,
        agentName,
        AgentStatus.fromWire(status),
        status,
        progress,
        currentTask,
        details,
        startedAt,
        updatedAt);
  }

  /** Writes the form of {@code session_state}. */
  static void writeState(AgentState agent, FrameWriter out) throws IOException {
    writeCommonFields(agent, out);
    out.optionalTime("started_at", agent.startedAt());
    out.optionalTime("updated_at", agent.updatedAt());
  }

  /** Writes the form of the deployed backend's events, where absent times are null. */
  static void writeStateInEvent(AgentState agent, FrameWriter out) throws IOException {
    writeCommonFields(agent, out);
    out.nullableTime("started_at", agent.startedAt());
    out.nullableTime("updated_at", agent.updatedAt());
  }

  private static void writeCommonFields(AgentState agent, FrameWriter out) throws IOException {
    out.optionalText("agent_id", agent.agentId());
    out.text("agent_name", agent.agentName());
    out.status("status", agent.status(), agent.statusText());
    out.progress("progress", agent.progress());
    out.nullableText("current_task", agent.currentTask());
    out.nullableDetails("details", agent.details());
  }
}

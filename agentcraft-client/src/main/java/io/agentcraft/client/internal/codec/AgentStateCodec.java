package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** One entry of a state's {@code active_agents}. */
final class AgentStateCodec {

  private AgentStateCodec() {}

  static AgentState read(FrameReader in) throws IOException {
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
  static void write(AgentState agent, FrameWriter out) throws IOException {
    writeCommon(agent, out);
    out.optionalTime("started_at", agent.startedAt());
    out.optionalTime("updated_at", agent.updatedAt());
  }

  /** Writes the form of the deployed backend's events, which have every field, some of them null. */
  static void writeInEvent(AgentState agent, FrameWriter out) throws IOException {
    writeCommon(agent, out);
    out.nullableTime("started_at", agent.startedAt());
    out.nullableTime("updated_at", agent.updatedAt());
  }

  private static void writeCommon(AgentState agent, FrameWriter out) throws IOException {
    out.optionalText("agent_id", agent.agentId());
    out.text("agent_name", agent.agentName());
    out.status("status", agent.status(), agent.statusText());
    out.progress("progress", agent.progress());
    out.nullableText("current_task", agent.currentTask());
    out.nullableDetails("details", agent.details());
  }
}

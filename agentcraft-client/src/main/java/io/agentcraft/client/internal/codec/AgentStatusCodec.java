package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code agent_status}. */
final class AgentStatusCodec extends TypeCodec<AgentStatusUpdate> {

  AgentStatusCodec() {
    super(AgentStatusUpdate.class);
  }

  @Override
  AgentStatusUpdate read(FrameReader in) throws IOException {
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
  void write(AgentStatusUpdate message, FrameWriter out) throws IOException {
    out.text("agent_id", message.agentId());
    out.text("agent_name", message.agentName());
    out.status("status", message.status(), message.statusText());
    out.progress("progress", message.progress());
    out.text("message", message.message());
    out.optionalTime("timestamp", message.timestamp());
    if (!message.metadata().isEmpty()) {
      out.free("metadata", message.metadata());
    }
  }
}

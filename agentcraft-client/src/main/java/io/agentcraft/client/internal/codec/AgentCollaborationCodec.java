package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code agent_collaboration}. */
final class AgentCollaborationCodec extends TypeCodec<AgentCollaboration> {

  AgentCollaborationCodec() {
    super(AgentCollaboration.class);
  }

  @Override
  AgentCollaboration read(FrameReader in) throws IOException {
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
  void write(AgentCollaboration message, FrameWriter out) throws IOException {
    out.text("primary_agent", message.primaryAgent());
    out.text("secondary_agent", message.secondaryAgent());
    out.text("collaboration_type", message.collaborationType());
    out.text("reason", message.reason());
    out.optionalTime("timestamp", message.timestamp());
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code session_not_found}. */
final class SessionNotFoundCodec extends TypeCodec<SessionNotFound> {

  SessionNotFoundCodec() {
    super(SessionNotFound.class);
  }

  @Override
  SessionNotFound read(FrameReader in) throws IOException {
    String sessionId = null;
    WireTime timestamp = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.optionalText();
        case "timestamp" -> timestamp = in.time();
        default -> in.skipField(name);
      }
    }
    return new SessionNotFound(in.required("session_id", sessionId), timestamp);
  }

  @Override
  void write(SessionNotFound message, FrameWriter out) throws IOException {
    out.text("session_id", message.sessionId());
    out.optionalTime("timestamp", message.timestamp());
  }
}

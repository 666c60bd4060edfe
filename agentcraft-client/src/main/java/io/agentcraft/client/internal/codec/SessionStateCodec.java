package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code session_state}. */
final class SessionStateCodec extends SnapshotFrameCodec<SessionState> {

  SessionStateCodec() {
    super(SessionState.class);
  }

  @Override
  SessionState create(String sessionId, SessionSnapshot state, @Nullable WireTime timestamp) {
    return new SessionState(sessionId, state, timestamp);
  }

  @Override
  void write(SessionState message, FrameWriter out) throws IOException {
    out.text("session_id", message.sessionId());
    out.object("state", message.state(), SnapshotWriter::write);
    out.optionalTime("timestamp", message.timestamp());
  }
}

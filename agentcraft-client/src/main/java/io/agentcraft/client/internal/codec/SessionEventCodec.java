package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the six session events of the deployed backend. */
final class SessionEventCodec extends SnapshotFrameCodec<SessionEvent> {

  private final SessionEventKind kind;

  SessionEventCodec(SessionEventKind kind) {
    super(SessionEvent.class);
    this.kind = kind;
  }

  @Override
  SessionEvent create(String sessionId, SessionSnapshot state, @Nullable WireTime timestamp) {
    return new SessionEvent(kind, sessionId, state, timestamp);
  }

  @Override
  void write(SessionEvent message, FrameWriter out) throws IOException {
    out.text("session_id", message.sessionId());
    out.optionalTime("timestamp", message.timestamp());
    out.object("state", message.state(), SnapshotWriter::writeInEvent);
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@code session_state} and the session events have in common: {@code session_id, state, timestamp}. */
abstract class SnapshotFrameCodec<M extends WireMessage> extends TypeCodec<M> {

  SnapshotFrameCodec(Class<M> javaType) {
    super(javaType);
  }

  abstract M create(String sessionId, SessionSnapshot state, @Nullable WireTime timestamp);

  @Override
  final M read(FrameReader in) throws IOException {
    String sessionId = null;
    SnapshotDraft state = null;
    WireTime timestamp = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.optionalText();
        case "state" -> state = in.object(SnapshotDraft::read);
        case "timestamp" -> timestamp = in.time();
        default -> in.skipField(name);
      }
    }
    SnapshotDraft draft = in.required("state", state);
    String id = in.required("session_id", sessionId != null ? sessionId : draft.sessionId());
    return create(id, draft.build(id), timestamp);
  }
}

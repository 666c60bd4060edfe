package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.ClientMessage;
import java.io.IOException;
import java.util.function.Function;

/** A request that only names a session. */
final class SessionRequestCodec<M extends ClientMessage> extends TypeCodec<M> {

  private final Function<String, M> create;
  private final Function<M, String> sessionId;

  SessionRequestCodec(
      Class<M> javaType, Function<String, M> create, Function<M, String> sessionId) {
    super(javaType);
    this.create = create;
    this.sessionId = sessionId;
  }

  @Override
  M read(FrameReader in) throws IOException {
    String id = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> id = in.optionalText();
        default -> in.skipField(name);
      }
    }
    return create.apply(in.required("session_id", id));
  }

  @Override
  void write(M message, FrameWriter out) throws IOException {
    out.text("session_id", sessionId.apply(message));
  }
}

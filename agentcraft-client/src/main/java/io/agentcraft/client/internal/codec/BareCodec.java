package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.ClientMessage;
import java.io.IOException;

/** A message that has a type and no other field. */
final class BareCodec<M extends ClientMessage> extends TypeCodec<M> {

  private final M message;

  BareCodec(Class<M> javaType, M message) {
    super(javaType);
    this.message = message;
  }

  @Override
  M read(FrameReader in) throws IOException {
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      in.skipField(name);
    }
    return message;
  }

  @Override
  void write(M message, FrameWriter out) {
    // Nothing beside the type.
  }
}

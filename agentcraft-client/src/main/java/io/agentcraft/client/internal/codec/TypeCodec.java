package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.WireMessage;
import java.io.IOException;

/** Reads and writes the messages of one type. Stateless. */
abstract class TypeCodec<M extends WireMessage> {

  private final Class<M> javaType;

  TypeCodec(Class<M> javaType) {
    this.javaType = javaType;
  }

  final Class<M> javaType() {
    return javaType;
  }

  /** Reads the fields up to the end of the frame's object. */
  abstract M read(FrameReader in) throws IOException;

  /** Writes every field but {@code type}. */
  abstract void write(M message, FrameWriter out) throws IOException;

  final void writeAny(WireMessage message, FrameWriter out) throws IOException {
    write(javaType.cast(message), out);
  }
}

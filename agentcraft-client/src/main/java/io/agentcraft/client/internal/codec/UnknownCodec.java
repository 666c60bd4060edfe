package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.UnknownMessage;
import java.io.IOException;

/** A frame whose type is not known: checked for being JSON, and kept as it came. */
final class UnknownCodec extends TypeCodec<UnknownMessage> {

  UnknownCodec() {
    super(UnknownMessage.class);
  }

  @Override
  UnknownMessage read(FrameReader in) throws IOException {
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      in.skipField(name);
    }
    return new UnknownMessage(in.type(), in.rawText());
  }

  @Override
  void write(UnknownMessage message, FrameWriter out) {
    throw new AssertionError("An unknown message is written as the text that it holds.");
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code ping}. */
final class PingCodec extends TypeCodec<Ping> {

  PingCodec() {
    super(Ping.class);
  }

  @Override
  Ping read(FrameReader in) throws IOException {
    WireTime timestamp = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        default -> in.skipField(name);
      }
    }
    return new Ping(timestamp);
  }

  @Override
  void write(Ping message, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", message.timestamp());
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code log_streaming_stopped}. */
final class LogStreamingStoppedCodec extends TypeCodec<LogStreamingStopped> {

  LogStreamingStoppedCodec() {
    super(LogStreamingStopped.class);
  }

  @Override
  LogStreamingStopped read(FrameReader in) throws IOException {
    WireTime timestamp = null;
    String message = "";
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        case "message" -> message = in.text();
        default -> in.skipField(name);
      }
    }
    return new LogStreamingStopped(timestamp, message);
  }

  @Override
  void write(LogStreamingStopped message, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", message.timestamp());
    out.text("message", message.message());
  }
}

package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code log_streaming_started}. */
final class LogStreamingStartedCodec extends TypeCodec<LogStreamingStarted> {

  LogStreamingStartedCodec() {
    super(LogStreamingStarted.class);
  }

  @Override
  LogStreamingStarted read(FrameReader in) throws IOException {
    String sessionId = null;
    WireTime timestamp = null;
    String message = "";
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.optionalText();
        case "timestamp" -> timestamp = in.time();
        case "message" -> message = in.text();
        default -> in.skipField(name);
      }
    }
    return new LogStreamingStarted(sessionId, timestamp, message);
  }

  @Override
  void write(LogStreamingStarted message, FrameWriter out) throws IOException {
    out.optionalText("session_id", message.sessionId());
    out.optionalTime("timestamp", message.timestamp());
    out.text("message", message.message());
  }
}

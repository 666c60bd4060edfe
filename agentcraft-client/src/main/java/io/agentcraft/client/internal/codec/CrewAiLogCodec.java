package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.CrewAiLogLine;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** {@code crewai_log}. */
final class CrewAiLogCodec extends TypeCodec<CrewAiLog> {

  CrewAiLogCodec() {
    super(CrewAiLog.class);
  }

  @Override
  CrewAiLog read(FrameReader in) throws IOException {
    WireTime timestamp = null;
    CrewAiLogLine log = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "timestamp" -> timestamp = in.time();
        case "log" -> log = in.object(CrewAiLogLineCodec::read);
        default -> in.skipField(name);
      }
    }
    return new CrewAiLog(timestamp, in.required("log", log));
  }

  @Override
  void write(CrewAiLog message, FrameWriter out) throws IOException {
    out.optionalTime("timestamp", message.timestamp());
    out.object("log", message.log(), CrewAiLogLineCodec::write);
  }
}

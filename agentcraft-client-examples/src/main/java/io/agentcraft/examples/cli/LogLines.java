package io.agentcraft.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.examples.live.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words log lines, for people and for programs. */
final class LogLines {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LogLines() {}

  static String text(LogLine line) {
    return Text.clean(String.format(
        Locale.ROOT,
        "%-24s %-5s %s%s",
        time(line.timestamp()),
        line.level(),
        line.agent() == null ? "" : line.agent() + ": ",
        line.message()));
  }

  static String json(LogLine line) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("session_id", line.sessionId());
    node.put("timestamp", line.timestamp() == null ? null : time(line.timestamp()));
    node.put("level", line.level());
    node.put("agent", line.agent());
    node.put("message", line.message());
    return node.toString();
  }

  /** The instant, if the text on the wire is one, and otherwise that text. */
  private static String time(@Nullable WireTime time) {
    return time == null ? "-" : time.instant().map(Object::toString).orElse(time.toString());
  }
}

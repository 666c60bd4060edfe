package io.agentcraft.client.view;

import io.agentcraft.client.message.LogLine;
import java.time.Instant;

/**
 * A log line that was told, by {@code session_logs} or {@code crewai_log}.
 *
 * @param line the line
 * @param arrivedAt when it first arrived, by this machine's clock
 * @param stale whether it arrived before the present connection began
 */
public record LogLineView(LogLine line, Instant arrivedAt, boolean stale) {

  LogLineView asEarlier() {
    return new LogLineView(line, arrivedAt, true);
  }
}

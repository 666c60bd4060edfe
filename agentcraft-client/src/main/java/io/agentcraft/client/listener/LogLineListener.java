package io.agentcraft.client.listener;

import io.agentcraft.client.message.LogLine;

/** Receives every log line of {@code session_logs} and {@code crewai_log}. */
@FunctionalInterface
public interface LogLineListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param line the line
   */
  void onLogLine(LogLine line);
}

package io.agentcraft.client.listener;

import io.agentcraft.client.message.LogLine;

/** Hears every log line, whatever frame brought it: {@code session_logs} or {@code crewai_log}. */
@FunctionalInterface
public interface LogLineListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param line the line
   */
  void onLogLine(LogLine line);
}

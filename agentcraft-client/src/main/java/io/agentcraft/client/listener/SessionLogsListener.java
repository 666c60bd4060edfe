package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionLogs;

/** Hears {@code session_logs}, whoever asked for them. */
@FunctionalInterface
public interface SessionLogsListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param logs the logs
   */
  void onSessionLogs(SessionLogs logs);
}

package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionLogs;

/** Receives {@code session_logs}, including responses to other requests than your own. */
@FunctionalInterface
public interface SessionLogsListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param logs the logs
   */
  void onSessionLogs(SessionLogs logs);
}

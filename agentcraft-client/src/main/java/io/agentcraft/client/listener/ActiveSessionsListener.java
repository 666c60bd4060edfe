package io.agentcraft.client.listener;

import io.agentcraft.client.message.ActiveSessions;

/** Receives {@code active_sessions}. */
@FunctionalInterface
public interface ActiveSessionsListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param sessions the sessions
   */
  void onActiveSessions(ActiveSessions sessions);
}

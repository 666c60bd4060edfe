package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionState;

/** Receives {@code session_state}, including responses to other requests than your own. */
@FunctionalInterface
public interface SessionStateListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param state the state
   */
  void onSessionState(SessionState state);
}

package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionState;

/** Hears {@code session_state}, whoever asked for it. */
@FunctionalInterface
public interface SessionStateListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param state the state
   */
  void onSessionState(SessionState state);
}

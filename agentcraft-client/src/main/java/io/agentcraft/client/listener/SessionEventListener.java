package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionEvent;

/** Receives the session events of the deployed form. */
@FunctionalInterface
public interface SessionEventListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param event the event
   */
  void onSessionEvent(SessionEvent event);
}

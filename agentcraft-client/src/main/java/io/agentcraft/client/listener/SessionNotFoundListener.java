package io.agentcraft.client.listener;

import io.agentcraft.client.message.SessionNotFound;

/** Receives {@code session_not_found}. */
@FunctionalInterface
public interface SessionNotFoundListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param notFound the answer
   */
  void onSessionNotFound(SessionNotFound notFound);
}

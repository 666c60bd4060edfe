package io.agentcraft.client.listener;

import io.agentcraft.client.message.CrewAiLog;

/** Receives {@code crewai_log}. */
@FunctionalInterface
public interface CrewAiLogListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param log the log frame
   */
  void onCrewAiLog(CrewAiLog log);
}

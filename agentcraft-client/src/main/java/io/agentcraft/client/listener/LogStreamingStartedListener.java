package io.agentcraft.client.listener;

import io.agentcraft.client.message.LogStreamingStarted;

/** Receives {@code log_streaming_started}. */
@FunctionalInterface
public interface LogStreamingStartedListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param started the answer
   */
  void onLogStreamingStarted(LogStreamingStarted started);
}

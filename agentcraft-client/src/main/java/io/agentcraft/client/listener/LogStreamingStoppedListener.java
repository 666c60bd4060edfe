package io.agentcraft.client.listener;

import io.agentcraft.client.message.LogStreamingStopped;

/** Receives {@code log_streaming_stopped}. */
@FunctionalInterface
public interface LogStreamingStoppedListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param stopped the answer
   */
  void onLogStreamingStopped(LogStreamingStopped stopped);
}

package io.agentcraft.client.listener;

import io.agentcraft.client.message.ServerMessage;
import java.util.List;

/** Receives messages of all types in batches. */
@FunctionalInterface
public interface BatchListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param messages the messages in order of arrival; never empty, unmodifiable, and safe to keep
   */
  void onBatch(List<ServerMessage> messages);
}

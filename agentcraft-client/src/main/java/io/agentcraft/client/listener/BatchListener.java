package io.agentcraft.client.listener;

import io.agentcraft.client.message.ServerMessage;
import java.util.List;

/** Hears messages in lists, whatever their types. */
@FunctionalInterface
public interface BatchListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param messages the messages in the order of their arrival; never empty, unmodifiable, yours to keep
   */
  void onBatch(List<ServerMessage> messages);
}

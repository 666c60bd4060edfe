package io.agentcraft.client.listener;

import io.agentcraft.client.message.Ping;

/** Hears {@code ping}. The SDK has answered it already. */
@FunctionalInterface
public interface PingListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param ping the ping
   */
  void onPing(Ping ping);
}

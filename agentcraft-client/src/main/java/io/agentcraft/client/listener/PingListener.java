package io.agentcraft.client.listener;

import io.agentcraft.client.message.Ping;

/** Receives {@code ping}, which the SDK has already answered. */
@FunctionalInterface
public interface PingListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param ping the ping
   */
  void onPing(Ping ping);
}

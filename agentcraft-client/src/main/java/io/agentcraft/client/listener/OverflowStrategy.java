package io.agentcraft.client.listener;

/** What happens when messages arrive faster than listeners process them, and the callback queue is full. */
public enum OverflowStrategy {
  /**
   * Reading from the network pauses until there is room, which eventually slows the server down (backpressure). No received
   * message is lost. If a listener blocks for 30 to 60 s, the connection is lost because WebSocket pings go unanswered in both
   * directions, and the client reconnects.
   */
  BLOCK,
  /** The oldest queued messages are dropped and counted, until there is room. A message that alone fills the queue is kept. */
  DROP_OLDEST
}

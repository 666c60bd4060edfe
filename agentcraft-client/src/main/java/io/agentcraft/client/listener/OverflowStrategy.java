package io.agentcraft.client.listener;

/** What happens when messages come faster than listeners take them, and the callback queue is full. */
public enum OverflowStrategy {
  /**
   * Reading is paused until there is room, so that in the end the server is held back. No message that was read is lost; a
   * listener that is stuck for 30 to 60 s costs the connection, since WebSocket pings go unanswered both ways. It is
   * opened again.
   */
  BLOCK,
  /** The oldest waiting message is dropped and counted. */
  DROP_OLDEST
}

package io.agentcraft.client.listener;

/** What happens when messages come faster than listeners take them, and the callback queue is full. */
public enum Overflow {
  /**
   * Reading is paused until there is room, so that in the end the server is held back. Nothing is lost; a listener
   * that is stuck for long makes the server close the connection, since its heartbeats go unanswered.
   */
  WAIT,
  /** The oldest waiting message is dropped and counted. */
  DROP_OLDEST
}

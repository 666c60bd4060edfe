package io.agentcraft.client.internal.connection;

import io.agentcraft.client.error.AgentCraftException;

/**
 * A part of the client that follows the connection. {@link ConnectionLoop} notifies its followers one after another, in
 * the order of their list, on the event loop.
 */
public interface ConnectionFollower {

  /** A connection was established. No frame of it has been read yet. */
  default void onUp(Connection connection) {}

  /** The connection was lost or closed. */
  default void onDown() {}

  /** The client gave up: there will be no connection unless it is asked to connect again. */
  default void onGaveUp(AgentCraftException error) {}

  /** The client is closed: there will be no connection. */
  default void onClosed(AgentCraftException error) {}
}

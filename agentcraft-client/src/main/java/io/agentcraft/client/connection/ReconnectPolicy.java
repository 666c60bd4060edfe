package io.agentcraft.client.connection;

/** Decides what follows when a connection was lost or an attempt failed. Must be immutable or thread-safe. */
@FunctionalInterface
public interface ReconnectPolicy {

  /**
   * Decides. Called on the SDK's connection thread, which all clients share: decide from the arguments and return at
   * once. A policy that throws gives up.
   *
   * @param context what happened
   * @return what to do
   */
  ReconnectDecision decide(ReconnectContext context);
}

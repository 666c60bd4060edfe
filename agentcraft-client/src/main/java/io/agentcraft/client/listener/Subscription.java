package io.agentcraft.client.listener;

/** The registration of a listener. Closing it unregisters the listener and does not affect the client. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Unregisters the listener. Idempotent and thread-safe; a call of the listener that is in progress is completed. */
  @Override
  void close();
}

package io.agentcraft.client.listener;

/** A listener's registration. Closing it ends the registration; the client itself stays as it is. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends the registration. May be called from any thread, any number of times; a call under way is not cut short. */
  @Override
  void close();
}

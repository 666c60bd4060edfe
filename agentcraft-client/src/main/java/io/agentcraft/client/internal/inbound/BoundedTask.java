package io.agentcraft.client.internal.inbound;

/** A callback that counts against the bounds of a {@link CallbackBuffer}, and may be dropped: a message's delivery. */
@FunctionalInterface
interface BoundedTask extends Runnable {

  /** How much text it keeps in memory, in characters. */
  default int chars() {
    return 0;
  }
}

package io.agentcraft.client.internal.dispatch;

/** A callback that counts against the bounds of a {@link CallbackQueue}, and may be dropped: a message's delivery. */
@FunctionalInterface
interface BoundedTask extends Runnable {

  /** How much text it keeps in memory, in characters. */
  default int chars() {
    return 0;
  }
}

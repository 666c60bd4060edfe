package io.agentcraft.client.internal.inbound;

/** What a stream needs of the queue that its messages come from. */
public interface Turns {

  /** Runs a task in turn with all callbacks, but before those that wait; also while the queue is held. */
  void runNext(Runnable task);

  /** Lets no more messages come, for any listener, until each hold is released. */
  void hold();

  /** Ends one hold. */
  void release();

  /** Counts a message that was dropped. */
  void dropped();
}

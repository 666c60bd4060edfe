package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.Subscription;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a registration once: the same listener may be registered twice, and each subscription ends one of the two. */
final class Registration implements Subscription {

  private final Runnable end;
  private final AtomicBoolean ended = new AtomicBoolean();

  Registration(Runnable end) {
    this.end = end;
  }

  /** Adds a listener to a list that is safe for use by several threads. */
  static <L> Subscription in(List<L> listeners, L listener) {
    listeners.add(listener);
    return new Registration(() -> listeners.remove(listener));
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }
}

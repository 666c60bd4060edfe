package io.agentcraft.client.internal.connection;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer of the caller's, which is user code on threads that must go on. */
final class Guarded<O> {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final @Nullable O observer;
  private final String name;
  private final AtomicBoolean warned = new AtomicBoolean();

  Guarded(@Nullable O observer, String name) {
    this.observer = observer;
    this.name = name;
  }

  /** Tells the observer, if there is one. */
  void tell(Consumer<O> event) {
    if (observer == null) {
      return;
    }
    try {
      event.accept(observer);
    } catch (Throwable broken) {
      if (!warned.getAndSet(true)) {
        LOG.warn("The {} threw; what else it throws is not logged.", name, broken);
      }
    }
  }
}

package io.agentcraft.client.internal.observe;

import io.agentcraft.client.metrics.ClientMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caller's metrics, which are user code on threads that must go on. */
public final class Meter {

  /** For a client without metrics. */
  public static final Meter NONE = new Meter(null);

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final @Nullable ClientMetrics metrics;
  private final AtomicBoolean warned = new AtomicBoolean();

  public Meter(@Nullable ClientMetrics metrics) {
    this.metrics = metrics;
  }

  /** Tells the metrics, if there are any. */
  public void tell(Consumer<ClientMetrics> event) {
    if (metrics == null) {
      return;
    }
    try {
      event.accept(metrics);
    } catch (Throwable broken) {
      if (!warned.getAndSet(true)) {
        LOG.warn("The metrics threw; further errors of theirs are not logged.", broken);
      }
    }
  }
}

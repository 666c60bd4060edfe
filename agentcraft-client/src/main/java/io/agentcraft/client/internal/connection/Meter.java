package io.agentcraft.client.internal.connection;

import io.agentcraft.client.metrics.ClientMetrics;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's metrics. */
public final class Meter {

  /** For a client without metrics. */
  public static final Meter NONE = new Meter(null);

  private final Guarded<ClientMetrics> metrics;

  public Meter(@Nullable ClientMetrics metrics) {
    this.metrics = new Guarded<>(metrics, "metrics object");
  }

  /** Tells the metrics, if there are any. */
  public void tell(Consumer<ClientMetrics> event) {
    metrics.tell(event);
  }
}

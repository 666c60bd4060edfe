package io.agentcraft.client.internal.connection;

import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameListener;
import io.agentcraft.client.record.FrameListener.Direction;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's metrics and frame listener. They are user code on threads that must go on, so nothing that they throw gets
 * past this class. May be used from any thread.
 */
public final class Instrumentation {

  /** For a client without metrics and without a frame listener. */
  public static final Instrumentation NONE = new Instrumentation(null, null);

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final @Nullable ClientMetrics metrics;
  private final @Nullable FrameListener frameListener;
  private final AtomicBoolean metricsWarned = new AtomicBoolean();
  private final AtomicBoolean frameListenerWarned = new AtomicBoolean();

  public Instrumentation(@Nullable ClientMetrics metrics, @Nullable FrameListener frameListener) {
    this.metrics = metrics;
    this.frameListener = frameListener;
  }

  /** Reports an event to the metrics, if there are any. */
  public void report(Consumer<ClientMetrics> event) {
    if (metrics != null) {
      try {
        event.accept(metrics);
      } catch (Throwable thrown) {
        warn("metrics object", thrown, metricsWarned);
      }
    }
  }

  /**
   * Reports an event with a value, such as {@code report(ClientMetrics::frameReceived, type)}. A method reference that
   * captures nothing costs nothing, so this is the one to use for every frame.
   */
  public <T> void report(BiConsumer<ClientMetrics, T> event, T value) {
    if (metrics != null) {
      try {
        event.accept(metrics, value);
      } catch (Throwable thrown) {
        warn("metrics object", thrown, metricsWarned);
      }
    }
  }

  /** Shows a frame to the listener, if there is one. */
  void frame(Direction direction, String text) {
    if (frameListener != null) {
      try {
        frameListener.onFrame(direction, text);
      } catch (Throwable thrown) {
        warn("frame listener", thrown, frameListenerWarned);
      }
    }
  }

  private static void warn(String name, Throwable thrown, AtomicBoolean warned) {
    if (!warned.getAndSet(true)) {
      LOG.warn(
          "The {} threw an exception. Further exceptions from it are not logged.", name, thrown);
    }
  }
}

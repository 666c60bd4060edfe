package io.agentcraft.client.internal.connection;

import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.guard.ThreadState;
import io.agentcraft.client.internal.guard.WarnLimit;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameListener;
import io.agentcraft.client.record.FrameListener.Direction;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's metrics and frame listener. They are user code on threads that must go on, so nothing that they throw gets
 * past this class, nor does what they leave on the thread. May be used from any thread.
 */
public final class Instrumentation {

  /** For a client without metrics and without a frame listener. */
  public static final Instrumentation NONE = new Instrumentation(null, null);

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final @Nullable ClientMetrics metrics;
  private final @Nullable FrameListener frameListener;
  private final WarnLimit warnLimit = new WarnLimit();

  public Instrumentation(@Nullable ClientMetrics metrics, @Nullable FrameListener frameListener) {
    this.metrics = metrics;
    this.frameListener = frameListener;
  }

  /** Reports an event to the metrics, if there are any. */
  public void report(Consumer<ClientMetrics> event) {
    if (metrics != null) {
      ThreadState before = ThreadState.save();
      try {
        event.accept(metrics);
      } catch (Throwable thrown) {
        warn("metrics object", metrics, thrown);
      } finally {
        before.restore();
      }
    }
  }

  /**
   * Reports an event with a value, such as {@code report(ClientMetrics::frameReceived, type)}. A method reference that
   * captures nothing costs nothing, so this is the one to use for every frame.
   */
  public <T> void report(BiConsumer<ClientMetrics, T> event, T value) {
    if (metrics != null) {
      ThreadState before = ThreadState.save();
      try {
        event.accept(metrics, value);
      } catch (Throwable thrown) {
        warn("metrics object", metrics, thrown);
      } finally {
        before.restore();
      }
    }
  }

  /** Shows a frame to the listener, if there is one. */
  void frame(Direction direction, String text) {
    if (frameListener != null) {
      ThreadState before = ThreadState.save();
      try {
        frameListener.onFrame(direction, text);
      } catch (Throwable thrown) {
        warn("frame listener", frameListener, thrown);
      } finally {
        before.restore();
      }
    }
  }

  private void warn(String name, Object failed, Throwable thrown) {
    String addition = warnLimit.admit(WarnLimit.kind(failed, thrown), System.nanoTime());
    if (addition != null) {
      LOG.warn("The {} threw an exception.{}", name, addition, LogText.loggable(thrown));
    }
  }
}

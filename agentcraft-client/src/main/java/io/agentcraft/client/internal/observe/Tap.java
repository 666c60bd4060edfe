package io.agentcraft.client.internal.observe;

import io.agentcraft.client.record.FrameDirection;
import io.agentcraft.client.record.FrameListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caller's listener of raw frames, which is user code on threads that must go on. */
public final class Tap {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final @Nullable FrameListener listener;
  private final AtomicBoolean warned = new AtomicBoolean();

  public Tap(@Nullable FrameListener listener) {
    this.listener = listener;
  }

  /** Tells the listener of a frame, if there is one. */
  public void frame(FrameDirection direction, String text) {
    if (listener == null) {
      return;
    }
    try {
      listener.onFrame(direction, text);
    } catch (Throwable broken) {
      if (!warned.getAndSet(true)) {
        LOG.warn("The frame listener threw; further errors of its are not logged.", broken);
      }
    }
  }
}

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.record.FrameDirection;
import io.agentcraft.client.record.FrameListener;
import org.jspecify.annotations.Nullable;

/** The caller's listener of raw frames. */
public final class Tap {

  private final Guarded<FrameListener> listener;

  public Tap(@Nullable FrameListener listener) {
    this.listener = new Guarded<>(listener, "frame listener");
  }

  /** Tells the listener of a frame, if there is one. */
  public void frame(FrameDirection direction, String text) {
    listener.tell(one -> one.onFrame(direction, text));
  }
}

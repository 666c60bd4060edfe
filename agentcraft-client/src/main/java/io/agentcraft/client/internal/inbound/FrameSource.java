package io.agentcraft.client.internal.inbound;

/** Where messages come from: one connection. */
public interface FrameSource {

  /** Told {@code true} before the reader has to wait, and {@code false} after it. */
  void readerWaits(boolean waits);

  /** Tells whether the connection was lost meanwhile: its loss is told already, so its messages would be late. */
  boolean isOver();
}

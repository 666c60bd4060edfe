package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.io.OutputStream;

/** What is written between two frames, past the WebSocket. */
@FunctionalInterface
public interface Insertion {

  /** Writes it. Called once. */
  void writeTo(OutputStream out) throws IOException;
}

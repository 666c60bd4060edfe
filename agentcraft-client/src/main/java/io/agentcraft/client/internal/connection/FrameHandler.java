package io.agentcraft.client.internal.connection;

/** Handles the frames of one connection, on the thread that reads them. Must not throw. */
public interface FrameHandler {

  void text(String text);

  /** Handles a binary frame, of which only the size is known. */
  void binary(int size);

  /** Handles a message that was left out, or cut, because it is larger than the client accepts. */
  void leftOut(long bytes);
}

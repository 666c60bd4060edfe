package io.agentcraft.client.record;

/** Receives the text frames of a client's connections in both directions, unmodified. */
@FunctionalInterface
public interface FrameListener {

  /** The direction that a frame travels in. */
  enum Direction {
    /** From the server to the client. */
    IN,
    /** From the client to the server. */
    OUT
  }

  /**
   * Called for each frame: when it was read, before it is parsed, or when it was handed to the socket. Called on the thread
   * that reads or sends, so return at once. Calls for the two directions may be concurrent. An exception thrown here is
   * logged, at most once a minute, and otherwise ignored.
   *
   * @param direction the direction of the frame
   * @param text the text of the frame
   */
  void onFrame(Direction direction, String text);
}

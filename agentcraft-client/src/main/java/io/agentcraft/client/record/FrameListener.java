package io.agentcraft.client.record;

/** Is shown the text frames of a client's connections, in and out, as they are. */
@FunctionalInterface
public interface FrameListener {

  /**
   * A frame was read, before anything is made of it; or it was handed to the socket. Called on the thread that reads or
   * sends, so return at once; frames of the two directions may come at the same time. What it throws is logged once and
   * otherwise ignored.
   *
   * @param direction which way it travels
   * @param text the frame
   */
  void onFrame(FrameDirection direction, String text);
}

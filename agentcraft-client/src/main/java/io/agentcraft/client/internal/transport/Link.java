package io.agentcraft.client.internal.transport;

/** One socket. All methods return at once and may be called from any thread. */
public interface Link {

  /**
   * Puts a text frame into the socket's queue.
   *
   * @return {@code false} if the socket takes no more frames because it is closing or gone
   */
  boolean send(String text);

  /** Returns how many bytes wait to be sent. */
  long queuedBytes();

  /** Begins the close handshake. */
  void close(int code);

  /** Drops the socket without a word. */
  void cancel();
}

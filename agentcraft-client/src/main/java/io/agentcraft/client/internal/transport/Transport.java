package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.Map;

/** Opens WebSockets. */
@FunctionalInterface
public interface Transport {

  /** A WebSocket. All methods return at once and may be called from any thread. */
  interface Socket {

    /**
     * Adds a text frame to the socket's queue.
     *
     * @return {@code false} if the socket accepts no more frames, because it is closing or gone
     */
    boolean send(String text);

    /** Returns how many bytes wait to be sent. */
    long queuedBytes();

    /** Starts the close handshake. */
    void close(int code);

    /** Drops the socket without a close handshake. */
    void cancel();
  }

  /** Receives the events of one socket, on its reader thread. */
  interface Listener {

    /** The handshake succeeded. No frame is read until this method returns. */
    void onOpen(Socket socket);

    void onText(String text);

    void onBinary(int size);

    /** A message was left out because it is larger than the maximum. */
    void onLeftOut(long bytes);

    /** The server sent a close frame. The reply is on its way. */
    void onClosing(int code, String reason);

    /** The socket is gone. Called once. May be called on another thread than the reader's. */
    void onEnded(DisconnectCause cause);
  }

  /**
   * Starts a handshake. Whatever happens, the listener's {@code onEnded} is called exactly once.
   *
   * @param url the whole URL, with the client id
   * @param headers headers of the handshake
   * @param listener receives the socket's events
   */
  Socket open(String url, Map<String, String> headers, Listener listener);

  /** Returns what may delay handshakes; empty if nothing is known. */
  default String hint() {
    return "";
  }
}

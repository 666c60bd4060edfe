package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;

/** Hears of one socket, on its reader thread. */
public interface TransportListener {

  /** The handshake succeeded. No frame is read until this returns. */
  void onOpen(Link link);

  void onText(Link link, String text);

  void onBinary(Link link, int size);

  /** A message over the bound was left out, or cut. */
  void onLeftOut(long bytes);

  /** The server sent a close frame; the echo is on its way. */
  void onClosing(int code, String reason);

  /** The socket is gone. Called once. */
  void onEnded(DisconnectCause cause);
}

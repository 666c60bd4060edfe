package io.agentcraft.client.internal.transport;

/** A request's tag: hears of its WebSocket what OkHttp tells no {@code WebSocketListener}. On the reader thread. */
interface SocketWatch {

  /** A message of so many bytes is left out, or cut. */
  void onLeftOut(long bytes);

  /** The reader thread has ended, of what OkHttp does not catch. */
  void onReaderDied();
}

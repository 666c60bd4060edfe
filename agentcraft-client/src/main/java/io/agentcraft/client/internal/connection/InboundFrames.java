package io.agentcraft.client.internal.connection;

/** Takes the frames of one socket, on its reader thread. Must not throw. */
public interface InboundFrames {

  void text(String text);

  void binary(int size);

  void leftOut(long bytes);
}

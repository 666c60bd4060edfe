package io.agentcraft.client.record;

/** Which way a frame travels. */
public enum FrameDirection {
  /** From the server to the client. */
  IN,
  /** From the client to the server. */
  OUT
}

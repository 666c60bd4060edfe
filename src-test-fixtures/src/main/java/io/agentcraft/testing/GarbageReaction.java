package io.agentcraft.testing;

/** How the server's handler ends when a client sent something that is not a JSON object. */
public enum GarbageReaction {

  /** The TCP connection ends without a close frame, as on new versions of uvicorn. The default. */
  END_OF_STREAM,

  /** Close code 1000, as on old versions. */
  CLOSE_1000
}

package io.agentcraft.testing;

/** How the server ends a connection on which a client sent something other than a JSON object. */
public enum MalformedFrameReaction {

  /** The TCP connection ends without a close frame, as on new versions of uvicorn. The default. */
  END_OF_STREAM,

  /** Close code 1000, as on old versions. */
  CLOSE_1000
}

package io.agentcraft.testing;

import java.util.List;

/** Replaces text frames by others, to make a server that violates the protocol. */
@FunctionalInterface
public interface FrameRewriter {

  /**
   * Rewrites a frame. Runs in the server's loop, so it must not block; it may act on connections, for example with
   * {@link ClientConnection#sendRaw} and {@link ClientConnection#cut}.
   *
   * @param connection the connection that the frame is sent or was received on
   * @param text the frame
   * @return the frames in its place, in order: the same one to keep it, none to drop it
   */
  List<String> rewrite(ClientConnection connection, String text);
}

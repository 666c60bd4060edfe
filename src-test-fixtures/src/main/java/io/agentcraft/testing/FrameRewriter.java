package io.agentcraft.testing;

import java.util.List;

/** Puts other text frames in the place of one, to make a server that gets the protocol wrong. */
@FunctionalInterface
public interface FrameRewriter {

  /**
   * Rewrites a frame. Runs in the server's loop, so it must not wait for anything; it may do things to connections, such
   * as {@link ClientConnection#sendRaw} and {@link ClientConnection#cut}.
   *
   * @param connection the connection that the frame goes to or came from
   * @param text the frame
   * @return the frames in its place, in order: the same one to leave it alone, none to lose it
   */
  List<String> rewrite(ClientConnection connection, String text);
}

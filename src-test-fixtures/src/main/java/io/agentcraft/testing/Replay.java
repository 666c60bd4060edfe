package io.agentcraft.testing;

import io.agentcraft.testing.internal.replay.Player;
import io.agentcraft.testing.internal.time.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A recording that a {@link ReferenceServer} is sending to its clients. Safe to use from any thread. */
public final class Replay {

  private final Loop loop;
  private final Player player;

  Replay(Loop loop, Player player) {
    this.loop = loop;
    this.player = player;
  }

  /**
   * Returns when it is over.
   *
   * @return completes once the last frame is handed to the connections (clients may still be reading), it was stopped, or
   *     the server was closed; fails with {@link IllegalArgumentException}, which
   *     names the line, if the recording is broken, behind all frames before that line. Completed in the server's loop
   */
  public CompletableFuture<Void> done() {
    return player.done().copy();
  }

  /**
   * Returns how many frames were sent.
   *
   * @return the number; a frame counts once, whatever the number of clients
   */
  public long sent() {
    return player.sent();
  }

  /**
   * Returns how far into the recording it is.
   *
   * @return the offset of the last frame that was sent
   */
  public Duration position() {
    return player.position();
  }

  /** Sends no more frames. Does nothing if it is over. */
  public void stop() {
    if (!loop.isClosed()) {
      loop.call(player::stop);
    }
  }
}

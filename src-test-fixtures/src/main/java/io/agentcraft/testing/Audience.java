package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.TrackingBoard;
import java.time.InstantSource;

/**
 * Sees what every client is sent, as a person at a dashboard would, and records the state of an agent or a session after each change. Confined
 * to the server's loop.
 */
final class Audience {

  /** How much the board keeps, in characters: programs that publish decide how long their texts are. */
  private static final long MAX_CHARS = 16_000_000;

  private final MessageCodec codec = MessageCodec.create();
  private final TrackingBoard board;
  private int chars;

  Audience(Journal journal, InstantSource clock) {
    board = TrackingBoard.builder().clock(clock).maxChars(MAX_CHARS).build();
    board.onAgentChange(change -> journal.seen(change.now(), chars));
    board.onSessionChange(
        change -> journal.seen(new Journal.SessionSeen(change.kind(), change.now()), chars));
  }

  /**
   * Sees a message.
   *
   * @param length the length of the frame; 0 if the server made it itself
   */
  void see(ServerMessage message, int length) {
    chars = length;
    board.accept(message);
  }

  void see(String frame) {
    try {
      see(codec.decodeServer(frame), frame.length());
    } catch (MalformedMessageException unreadable) {
      // Clients are sent it all the same: a test may want to see what they make of it.
    }
  }
}

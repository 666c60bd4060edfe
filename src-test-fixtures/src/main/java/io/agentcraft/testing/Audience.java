package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.TrackingBoard;
import java.time.InstantSource;

/**
 * Sees what every client is sent, as a person at a dashboard would, and records each change of an agent or a session. Confined
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
    board.onAgentChange(change -> journal.changed(change, chars));
    board.onSessionChange(change -> journal.changed(change, chars));
  }

  void see(ServerMessage message) {
    chars = 0;
    board.accept(message);
  }

  void see(String frame) {
    try {
      ServerMessage message = codec.decodeServer(frame);
      chars = frame.length();
      board.accept(message);
    } catch (MalformedMessageException unreadable) {
      // Clients are sent it all the same: a test may want to see what they make of it.
    }
  }
}

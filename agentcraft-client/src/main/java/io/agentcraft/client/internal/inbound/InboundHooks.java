package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.message.ServerMessage;

/** What the client itself wants of incoming frames. Called on the reader thread. */
public interface InboundHooks {

  void onFirstMessage();

  void onPing(Connection link);

  /** Tells whether a message of this type may answer a question of ours. */
  boolean awaits(String type);

  /** Takes a message that may be an answer; {@code true} keeps it from the listeners. */
  boolean consume(ServerMessage message);
}

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;

/** What can happen to the machine. What comes from a socket names that socket's generation. */
sealed interface Event {

  record ConnectAsked() implements Event {}

  record CloseAsked() implements Event {}

  /**
   * The timer of the present phase ran out.
   *
   * @param hint what may have been in the way of a handshake; empty if nothing is known
   */
  record TimedOut(String hint) implements Event {
    TimedOut() {
      this("");
    }
  }

  record Opened(long generation) implements Event {}

  record FirstMessage(long generation) implements Event {}

  record PeerClosing(long generation, DisconnectCause.ClosedByServer close) implements Event {}

  record Silent(long generation, Duration silence) implements Event {}

  record Ended(long generation, DisconnectCause cause) implements Event {}
}

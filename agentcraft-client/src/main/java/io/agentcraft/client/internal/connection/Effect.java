package io.agentcraft.client.internal.connection;

import java.time.Duration;

/** What the loop has to do for the machine. */
sealed interface Effect {

  record OpenSocket(long generation, Endpoint endpoint) implements Effect {}

  /** Begin the close handshake, with code 1000. */
  record CloseSocket(long generation) implements Effect {}

  record CancelSocket(long generation) implements Effect {}

  /** Start the phase's timer; there is one at most, a new one replaces it. */
  record StartTimer(Duration delay) implements Effect {}

  record StopTimer() implements Effect {}
}

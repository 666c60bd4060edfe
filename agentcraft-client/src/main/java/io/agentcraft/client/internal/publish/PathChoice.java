package io.agentcraft.client.internal.publish;

import io.agentcraft.client.publish.PublishPath;

/**
 * Which way updates go, and how much of it is known (Decision 7 of the wire description). Immutable.
 *
 * @param configured what the caller asked for
 * @param knowledge what was found out
 * @param hasRelayed whether the server has ever relayed an update of ours back
 */
record PathChoice(PublishPath configured, Knowledge knowledge, boolean hasRelayed) {

  /** What is known of the socket path, when the caller left the choice to us. */
  enum Knowledge {
    /** Nothing: one update may go, as a probe. */
    NONE,
    /** The probe is out. */
    PROBING,
    /** The server relays. */
    RELAYS,
    /** The server does not. */
    IGNORES
  }

  /** What may be sent now. */
  enum Route {
    SOCKET,
    /** One update over the socket, then no other before the answer. */
    SOCKET_PROBE,
    /** Nothing: the probe's answer is awaited. */
    HOLD,
    HTTP
  }

  static PathChoice initial(PublishPath configured) {
    return new PathChoice(configured, Knowledge.NONE, false);
  }

  Route route() {
    return switch (configured) {
      case SOCKET -> Route.SOCKET;
      case HTTP -> Route.HTTP;
      case AUTO ->
        switch (knowledge) {
          case NONE -> Route.SOCKET_PROBE;
          case PROBING -> Route.HOLD;
          case RELAYS -> Route.SOCKET;
          case IGNORES -> Route.HTTP;
        };
    };
  }

  PathChoice probeSent() {
    return with(Knowledge.PROBING);
  }

  /** An update came back. A late one counts too: what works, works. */
  PathChoice relayed() {
    return new PathChoice(configured, Knowledge.RELAYS, true);
  }

  /** The probe was not relayed in time. */
  PathChoice probeFailed() {
    return with(Knowledge.IGNORES);
  }

  /** The connection is gone: what worked is asked again of the next, and a probe on its way proves nothing. */
  PathChoice disconnected() {
    return knowledge == Knowledge.IGNORES ? this : with(Knowledge.NONE);
  }

  /** There will be no connection: where the socket never worked, HTTP may. */
  PathChoice gaveUp() {
    return hasRelayed ? this : with(Knowledge.IGNORES);
  }

  /** The server has no HTTP path either. */
  PathChoice httpMissing() {
    return hasRelayed ? with(Knowledge.RELAYS) : this;
  }

  private PathChoice with(Knowledge next) {
    return new PathChoice(configured, next, hasRelayed);
  }
}

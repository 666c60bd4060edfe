package io.agentcraft.client.internal.publish;

import io.agentcraft.client.publish.PublishTransport;

/**
 * Which way updates go, and how much of it is known. Immutable.
 *
 * @param configured what the caller asked for
 * @param knowledge what was found out
 * @param hasRelayed whether the server has ever relayed an update of ours back
 * @param httpMissing whether the server has no endpoint to post to, or none that is known
 */
record TransportSelector(
    PublishTransport configured, Knowledge knowledge, boolean hasRelayed, boolean httpMissing) {

  /** What is known of the socket path, when the caller left the choice to us. */
  enum Knowledge {
    /** Nothing: one update may go, as a probe. */
    NONE,
    /** The probe is out. */
    PROBING,
    /** The server relays. */
    RELAYS,
    /** The server does not. */
    IGNORES,
    /** There is no connection, and none is tried: it says nothing about the next one. */
    UNREACHABLE
  }

  /** What may be sent now. */
  enum Route {
    WEBSOCKET,
    /** One update over the socket, then no other before the answer. */
    WEBSOCKET_PROBE,
    /** Nothing: the probe's answer is awaited. */
    HOLD,
    HTTP
  }

  static TransportSelector initial(PublishTransport configured, boolean httpMissing) {
    return new TransportSelector(configured, Knowledge.NONE, false, httpMissing);
  }

  Route route() {
    return switch (configured) {
      case WEBSOCKET -> Route.WEBSOCKET;
      case HTTP -> Route.HTTP;
      case AUTO ->
        switch (knowledge) {
          case NONE -> Route.WEBSOCKET_PROBE;
          case PROBING -> Route.HOLD;
          case RELAYS -> Route.WEBSOCKET;
          case IGNORES, UNREACHABLE -> Route.HTTP;
        };
    };
  }

  TransportSelector connected() {
    return knowledge == Knowledge.UNREACHABLE ? with(Knowledge.NONE) : this;
  }

  TransportSelector probeSent() {
    return with(Knowledge.PROBING);
  }

  TransportSelector relayed() {
    return new TransportSelector(configured, Knowledge.RELAYS, true, httpMissing);
  }

  /** What was sent was not relayed in time. A server that did relay and has no other way is given more time. */
  TransportSelector ignored() {
    return with(hasRelayed && httpMissing ? Knowledge.RELAYS : Knowledge.IGNORES);
  }

  /** The connection is gone: what worked once is asked again of the next, and a probe on its way proves nothing. */
  TransportSelector disconnected() {
    return knowledge == Knowledge.IGNORES && !hasRelayed ? this : with(Knowledge.NONE);
  }

  /** There will be no connection: HTTP may work all the same. */
  TransportSelector gaveUp() {
    if (knowledge == Knowledge.IGNORES) {
      return this;
    }
    return with(httpMissing ? Knowledge.NONE : Knowledge.UNREACHABLE);
  }

  /** The server has nothing to post to: back to the socket, unless that is known not to work. */
  TransportSelector missing() {
    boolean socketMayWork = hasRelayed || knowledge == Knowledge.UNREACHABLE;
    return new TransportSelector(
        configured, socketMayWork ? Knowledge.NONE : knowledge, hasRelayed, true);
  }

  private TransportSelector with(Knowledge next) {
    return new TransportSelector(configured, next, hasRelayed, httpMissing);
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.publish.PublishTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects how updates are sent, from what is known about the server. Immutable.
 *
 * @param configured the transport that the client is configured to use
 * @param knowledge what is known about publishing over the WebSocket
 * @param hasRelayed whether the server has ever relayed one of our updates
 * @param endpoint what is known of the server's broadcast endpoint
 */
record TransportSelector(
    PublishTransport configured, Knowledge knowledge, boolean hasRelayed, Endpoint endpoint) {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  /** What is known about publishing over the WebSocket. */
  enum Knowledge {
    /** Nothing yet: one update may be sent as a probe. */
    NONE,
    /** The probe was sent. */
    PROBING,
    /** The server relays updates. */
    RELAYS,
    /** The server does not relay updates. */
    IGNORES,
    /** There is no connection and none is being made, which says nothing about the next one. */
    UNREACHABLE
  }

  /** What may be sent now. */
  enum Route {
    /** Nothing, until the server has told how. */
    ASK,
    WEBSOCKET,
    /** One update over the WebSocket, and no other until it is relayed or overdue. */
    WEBSOCKET_PROBE,
    /** Nothing, until the probe is relayed or overdue. */
    HOLD,
    HTTP
  }

  static TransportSelector initial(PublishTransport configured) {
    return new TransportSelector(configured, Knowledge.NONE, false, Endpoint.UNKNOWN);
  }

  /** The server was asked for its broadcast endpoint. */
  TransportSelector found(Endpoint found) {
    return new TransportSelector(configured, knowledge, hasRelayed, found);
  }

  /** Posts are accepted, but not relayed over the open WebSocket: returns to that, unless it is known not to work. */
  TransportSelector notRelayed() {
    return configured == PublishTransport.AUTO && endpoint == Endpoint.EXISTS
        ? found(Endpoint.UNKNOWN)
        : this;
  }

  private boolean httpMissing() {
    return endpoint == Endpoint.MISSING;
  }

  Route route() {
    return switch (configured) {
      case WEBSOCKET -> Route.WEBSOCKET;
      case HTTP -> Route.HTTP;
      case AUTO -> endpoint == Endpoint.EXISTS ? Route.HTTP : routeByWebSocket();
    };
  }

  private Route routeByWebSocket() {
    return switch (knowledge) {
      case NONE -> Route.WEBSOCKET_PROBE;
      case PROBING -> Route.HOLD;
      case RELAYS -> Route.WEBSOCKET;
      case IGNORES, UNREACHABLE -> Route.HTTP;
    };
  }

  TransportSelector connected() {
    return knowledge == Knowledge.UNREACHABLE ? with(Knowledge.NONE) : this;
  }

  TransportSelector probeSent() {
    return with(Knowledge.PROBING);
  }

  TransportSelector relayed() {
    return new TransportSelector(configured, Knowledge.RELAYS, true, endpoint);
  }

  /** An update was not relayed in time. A server that has relayed before and has no endpoint gets more time. */
  TransportSelector ignored() {
    return with(hasRelayed && httpMissing() ? Knowledge.RELAYS : Knowledge.IGNORES);
  }

  /** The connection is gone. A WebSocket that has worked is probed again, and a probe that was sent proves nothing. */
  TransportSelector disconnected() {
    return knowledge == Knowledge.IGNORES && !hasRelayed ? this : with(Knowledge.NONE);
  }

  /** The client gave up connecting. HTTP may still work. */
  TransportSelector gaveUp() {
    if (knowledge == Knowledge.IGNORES) {
      return this;
    }
    return with(httpMissing() ? Knowledge.NONE : Knowledge.UNREACHABLE);
  }

  /** The server has no broadcast endpoint: returns to the WebSocket, unless that is known not to work. */
  TransportSelector missing() {
    boolean webSocketMayWork = hasRelayed || knowledge == Knowledge.UNREACHABLE;
    return new TransportSelector(
        configured, webSocketMayWork ? Knowledge.NONE : knowledge, hasRelayed, Endpoint.MISSING);
  }

  /** Logs how updates are sent from now on, if that differs from before. */
  void logChange(Route before) {
    if (before != Route.HTTP && route() == Route.HTTP && httpMissing()) {
      LOG.warn(
          "The server does not relay updates sent over the WebSocket, and there is nothing to post them to:"
              + " none will be published. Check the URL, or set httpBaseUrl(…).");
    } else if (before != Route.HTTP && route() == Route.HTTP && endpoint == Endpoint.EXISTS) {
      LOG.debug("The server has a broadcast endpoint: publishing over HTTP.");
    } else if (before != Route.HTTP && route() == Route.HTTP) {
      LOG.info(
          knowledge == Knowledge.IGNORES
              ? "The server does not relay updates sent over the WebSocket: publishing over HTTP from now on."
              : "There is no connection: publishing over HTTP until there is one.");
    } else if (before != Route.WEBSOCKET && route() == Route.WEBSOCKET) {
      LOG.debug("The server relays updates sent over the WebSocket.");
    }
  }

  private TransportSelector with(Knowledge next) {
    return new TransportSelector(configured, next, hasRelayed, endpoint);
  }
}

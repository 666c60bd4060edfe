package io.agentcraft.client.internal.transport;

import java.util.Map;

/** Opens sockets. */
@FunctionalInterface
public interface Transport {

  /**
   * Begins a handshake. Exactly one of the listener's {@code onEnded} calls follows, whatever happens.
   *
   * @param url the whole URL, with the client id
   * @param headers headers of the handshake
   * @param listener hears of the socket, on the socket's own reader thread
   */
  Link open(String url, Map<String, String> headers, TransportListener listener);

  /** Says what may hold handshakes up; empty if nothing is known. */
  default String hint() {
    return "";
  }
}

package io.agentcraft.client.internal.transport;

import io.agentcraft.client.internal.guard.LogText;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import okhttp3.Headers;

/** A server accepted a handshake with what was not offered. OkHttp does not notice, or opens a socket that sends nothing. */
final class InvalidHandshakeException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
  private static final int MAX_SHOWN = 100;

  private final String message;

  /**
   * Creates the exception.
   *
   * @param what what the server agreed to
   * @param header the header that says so
   * @param value the header's value
   */
  InvalidHandshakeException(String what, String header, String value) {
    this.message = "the server accepted the handshake with " + what + " that was not offered ("
        + header + ": " + LogText.excerpt(value, MAX_SHOWN)
        + "), so the connection is not used (close code 1010)."
        + " Configure the server, or the proxy in front of it, to leave it out";
  }

  /** Checks the subprotocol that a server chose, which must be one of those in the request. */
  static void requireSubprotocol(Headers request, Headers answer) throws InvalidHandshakeException {
    List<String> offered = request.values(SUBPROTOCOL).stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::trim)
        .toList();
    for (String chosen : answer.values(SUBPROTOCOL)) {
      if (!offered.contains(chosen)) {
        throw new InvalidHandshakeException("a subprotocol", SUBPROTOCOL, chosen);
      }
    }
  }

  @Override
  public String getMessage() {
    return message;
  }
}

package io.agentcraft.client.internal.connection;

import java.util.stream.Collectors;

/** What a refused handshake may mean, in words. */
final class Refusals {

  private Refusals() {}

  static String explain(int httpStatus, Endpoints endpoints) {
    String fact = "the server answered the handshake with HTTP " + httpStatus + " at "
        + endpoints.current()
        + endpoints.refused().stream()
            .map(other -> ", and refused it at " + other)
            .collect(Collectors.joining());
    return switch (httpStatus) {
      case 401 ->
        fact + ": the token is missing, wrong or expired. Set token(…) or tokenProvider(…).";
      case 403, 404 ->
        fact
            + ": the path, the client id or the credentials may be wrong (the status alone cannot tell)."
            + " Give the URL with the path where the server mounts the endpoint.";
      case 429, 503 -> fact + ": the server asks for patience.";
      default -> {
        if (httpStatus >= 300 && httpStatus < 400) {
          yield fact + ": redirects are not followed. Give the URL that it redirects to.";
        }
        yield httpStatus >= 500
            ? fact + ": the server, or a proxy before it, is in trouble."
            : fact + ": this does not look like an AgentCraft WebSocket endpoint. Check the URL.";
      }
    };
  }
}

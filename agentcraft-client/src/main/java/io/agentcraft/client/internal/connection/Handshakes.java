package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts handshakes, each with a client id, the caller's headers and a new token, and explains why they fail. */
public final class Handshakes {

  private final Transport transport;
  private final EventLoop loop;
  private final @Nullable String fixedClientId;
  private final Map<String, String> headers;
  private final @Nullable TokenProvider tokens;
  private final Executor executor;

  /**
   * Creates the handshakes of one client.
   *
   * @param fixedClientId the client id of every connection; {@code null} for a new one each time
   * @param executor calls the token provider, which is user code and may block
   */
  public Handshakes(
      Transport transport,
      EventLoop loop,
      @Nullable String fixedClientId,
      Map<String, String> headers,
      @Nullable TokenProvider tokens,
      Executor executor) {
    this.transport = transport;
    this.loop = loop;
    this.fixedClientId = fixedClientId;
    this.headers = headers;
    this.tokens = tokens;
    this.executor = executor;
  }

  String newClientId() {
    // A new id for every connection: a server that notices late that the old socket is dead removes
    // its id then, and would never answer a new connection with the same id.
    return fixedClientId != null ? fixedClientId : ClientIds.create(loop::now);
  }

  boolean needsToken() {
    return tokens != null;
  }

  /** Asks the provider for the token of the next handshake. */
  CompletableFuture<String> token() {
    return token(Objects.requireNonNull(tokens), executor);
  }

  /** Asks a provider for a token, on a thread that may block. */
  public static CompletableFuture<String> token(TokenProvider provider, Executor executor) {
    return CompletableFuture.completedFuture(provider)
        .thenComposeAsync(TokenProvider::token, executor);
  }

  /** Starts a handshake. */
  Transport.Socket begin(Connection connection, @Nullable String token) {
    Map<String, String> all = headers;
    if (token != null) {
      all = new HashMap<>(headers);
      all.put("Authorization", "Bearer " + token);
    }
    return transport.open(connection.endpoint().urlFor(connection.clientId()), all, connection);
  }

  /** Returns what may delay a handshake; empty if nothing is known. */
  String hint(Connection connection) {
    return needsToken() && !connection.hasSocket()
        ? "the token provider has not given a token yet"
        : transport.hint();
  }

  /** Explains why there is no token, without the exceptions that futures wrap around the provider's own. */
  public static DisconnectCause.TokenUnavailable noToken(@Nullable Throwable error) {
    Throwable cause = error == null ? new NullPointerException("the token is null") : error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new DisconnectCause.TokenUnavailable(cause);
  }

  /** Explains what a refusal may mean, and what to do about it, unless the transport has explained it. */
  static String refused(HandshakeRefused refused, Endpoints endpoints) {
    int httpStatus = refused.httpStatus();
    String answer = " with HTTP " + httpStatus + " at " + endpoints.current()
        + endpoints.refused().stream()
            .map(other -> ", and refused it at " + other)
            .collect(Collectors.joining());
    if (!refused.explanation().isEmpty()) {
      return "the handshake was answered" + answer + ": " + refused.explanation();
    }
    String fact = "the server answered the handshake" + answer;
    return switch (httpStatus) {
      case 401 ->
        fact + ": the token is missing, wrong or expired. Set token(…) or tokenProvider(…)";
      case 403, 404 ->
        fact
            + ": the path, the client id or the credentials may be wrong (the status alone cannot tell)."
            + " Give the URL with the path where the server mounts the endpoint";
      case 407 -> fact + ": a proxy on the way to the server requires credentials";
      case 429, 503 -> fact + ": the server asks clients to wait";
      default -> {
        if (httpStatus >= 300 && httpStatus < 400) {
          yield fact + ": redirects are not followed. Give the URL that it redirects to";
        }
        yield httpStatus >= 500
            ? fact + ": the server, or a proxy in front of it, has a problem"
            : fact + ": this does not look like an AgentCraft WebSocket endpoint. Check the URL";
      }
    };
  }
}

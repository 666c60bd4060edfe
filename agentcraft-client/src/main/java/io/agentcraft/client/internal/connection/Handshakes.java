package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.transport.Link;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.internal.transport.TransportListener;
import io.agentcraft.client.time.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Begins handshakes: with a client id, the caller's headers, and a token asked for anew. */
public final class Handshakes {

  private final Transport transport;
  private final Scheduler clock;
  private final @Nullable String fixedClientId;
  private final Map<String, String> headers;
  private final @Nullable TokenProvider tokens;
  private final Executor executor;

  /** Makes it; the token provider is user code and is called on the executor. */
  public Handshakes(
      Transport transport,
      Scheduler clock,
      @Nullable String fixedClientId,
      Map<String, String> headers,
      @Nullable TokenProvider tokens,
      Executor executor) {
    this.transport = transport;
    this.clock = clock;
    this.fixedClientId = fixedClientId;
    this.headers = headers;
    this.tokens = tokens;
    this.executor = executor;
  }

  String newClientId() {
    // A new id for every connection: a server that has not noticed the death of the old socket
    // would otherwise,
    // when it does, remove the new one from its map, and never answer it again.
    return fixedClientId != null ? fixedClientId : ClientIds.create(clock::now);
  }

  boolean needsToken() {
    return tokens != null;
  }

  /** Asks for the token of the next handshake. */
  CompletionStage<String> token() {
    TokenProvider provider = Objects.requireNonNull(tokens);
    return CompletableFuture.supplyAsync(provider::token, executor).thenCompose(token -> token);
  }

  /** Says why there is no token, without the wrapping that the future put around it. */
  public static DisconnectCause.TokenUnavailable noToken(@Nullable Throwable error) {
    Throwable cause = error == null ? new NullPointerException("the token is null") : error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new DisconnectCause.TokenUnavailable(cause);
  }

  /**
   * Says what may hold a handshake up; empty if nothing is known.
   *
   * @param begun whether it has begun, which it has not before its token is there
   */
  String hint(boolean begun) {
    return needsToken() && !begun
        ? "the token provider has not given a token yet"
        : transport.hint();
  }

  /** Begins a handshake. */
  Link open(
      Endpoint endpoint, String clientId, @Nullable String token, TransportListener listener) {
    Map<String, String> all = token == null ? headers : withToken(token);
    return transport.open(endpoint.urlFor(clientId), all, listener);
  }

  private Map<String, String> withToken(String token) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Authorization", "Bearer " + token);
    return all;
  }
}

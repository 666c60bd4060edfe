package io.agentcraft.client.connection;

import java.util.concurrent.CompletionStage;

/**
 * Gives the bearer token for a handshake or a published update by HTTP ({@code Authorization: Bearer …}), asked anew at
 * every attempt.
 */
@FunctionalInterface
public interface TokenProvider {

  /**
   * Returns the token to use now. Called on a thread of the SDK's own, never on a network thread; a provider
   * that fetches the token over the network may block there, or return an incomplete stage.
   *
   * @return the bare token; a failed stage (or an exception thrown) counts as a failed attempt, which is retried. The
   *     exception is handed on as a cause, with the words that it has: keep secrets out of them
   */
  CompletionStage<String> token();
}

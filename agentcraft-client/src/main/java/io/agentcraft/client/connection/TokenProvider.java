package io.agentcraft.client.connection;

import java.util.concurrent.CompletableFuture;

/**
 * Provides the bearer token for handshakes and for updates published over HTTP ({@code Authorization: Bearer …}). The token
 * is requested again for every attempt.
 *
 * <pre>{@code
 * builder.tokenProvider(() -> CompletableFuture.completedFuture(readTokenFile()));
 * }</pre>
 */
@FunctionalInterface
public interface TokenProvider {

  /**
   * Returns the token to use now. Called on a thread of the SDK that may block, never on a network thread, so a provider can
   * fetch the token before it returns, or return an incomplete future.
   *
   * <p>If the method throws or the future fails, the attempt fails and is retried. The exception becomes the cause of the
   * error that your application sees, with its message unchanged, so keep secrets out of the message.
   *
   * @return a future of the bare token, without {@code Bearer}
   */
  CompletableFuture<String> token();
}

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ReconnectPolicy;
import java.time.Duration;

/**
 * What a {@link ConnectionLoop} goes by.
 *
 * @param asksForTokens whether another attempt may come with another token
 */
public record LoopSettings(
    Endpoints endpoints,
    ReconnectPolicy policy,
    Duration handshakeTimeout,
    Duration backoffResetAfter,
    Duration closeTimeout,
    Duration idleTimeout,
    boolean asksForTokens) {

  ConnectionMachine machine() {
    return new ConnectionMachine(
        policy, handshakeTimeout, backoffResetAfter, closeTimeout, asksForTokens);
  }
}

package io.agentcraft.client.internal.connection;

import io.agentcraft.client.reconnect.ReconnectPolicy;
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
    Duration stableAfter,
    Duration closeTimeout,
    Duration livenessTimeout,
    boolean asksForTokens) {

  ConnectionMachine machine() {
    return new ConnectionMachine(
        policy, handshakeTimeout, stableAfter, closeTimeout, asksForTokens);
  }
}

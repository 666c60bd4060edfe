package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ReconnectContext;
import io.agentcraft.client.connection.ReconnectDecision;
import io.agentcraft.client.connection.ReconnectPolicy;
import java.util.Objects;

/** Asks the caller's reconnect policy. It is user code: whatever it does, the loop that all clients share goes on. */
public final class Decisions {

  private Decisions() {}

  /** Returns what the policy says; a policy that throws or returns {@code null} has given up. */
  public static ReconnectDecision of(ReconnectPolicy policy, ReconnectContext context) {
    try {
      return Objects.requireNonNullElseGet(
          policy.decide(context),
          () -> ReconnectDecision.giveUp("the reconnect policy returned null"));
    } catch (Throwable broken) {
      return ReconnectDecision.giveUp("the reconnect policy threw " + broken);
    }
  }
}

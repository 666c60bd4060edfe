package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.connection.ConnectionMachine;
import org.jspecify.annotations.Nullable;

/** What follows from posts that failed: a wait, or the end, as the reconnect policy says. Confined to the loop. */
final class PostRetries {

  private final ReconnectPolicy policy;
  private final boolean renewableToken;
  private int failures;
  private boolean unauthorized;
  private long blockedUntil;

  PostRetries(ReconnectPolicy policy, boolean renewableToken) {
    this.policy = policy;
    this.renewableToken = renewableToken;
  }

  /** Returns for how long nothing may be posted, in nanoseconds; 0 for not at all. */
  long waitFor(long now) {
    return failures == 0 ? 0 : Math.max(0, blockedUntil - now);
  }

  /** The server took a post, or answered it in its own words. */
  void answered() {
    failures = 0;
    unauthorized = false;
  }

  /** Returns {@code null} if the post is worth another attempt after {@link #waitFor}, otherwise why it is not. */
  @Nullable
  String failed(DisconnectCause cause, long now) {
    if (waitFor(now) > 0) {
      // Of several under way at the same time one has failed before: that is enough to wait for.
      return null;
    }
    boolean nowUnauthorized =
        cause instanceof HandshakeRefused refused && refused.httpStatus() == 401;
    boolean freshToken = renewableToken && nowUnauthorized && !unauthorized;
    unauthorized = nowUnauthorized;
    ReconnectPolicy.Decision decision = ConnectionMachine.decide(
        policy, new ReconnectPolicy.Context(cause, failures + 1, freshToken));
    if (decision instanceof ReconnectPolicy.Decision.RetryAfter retry) {
      failures++;
      blockedUntil = now + retry.delay().toNanos();
      return null;
    }
    answered();
    return ((ReconnectPolicy.Decision.GiveUp) decision).reason();
  }
}

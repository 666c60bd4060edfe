package io.agentcraft.client.connection;

import java.util.Set;

/**
 * What is final: causes after which another attempt would fail in the same way, such as close code 1008 or a handshake
 * refused with 403, or libraries that do not fit together. Everything else is worth another attempt, close code 1000 from the server too.
 */
public final class Finality {

  private static final Set<Integer> FINAL_CLOSE_CODES = Set.of(1002, 1003, 1007, 1008, 1009, 1010);
  private static final Set<Integer> RETRIED_CLIENT_ERRORS = Set.of(408, 425, 429);

  private Finality() {}

  /**
   * Tells whether a cause is final.
   *
   * @param context what happened
   * @return {@code true} if another attempt makes no sense
   */
  public static boolean isFinal(ReconnectContext context) {
    DisconnectCause cause = context.cause();
    if (cause instanceof DisconnectCause.ClosedByCaller) {
      return true;
    }
    if (cause instanceof DisconnectCause.ConnectionLost lost) {
      return lost.error() instanceof LinkageError;
    }
    if (cause instanceof DisconnectCause.ClosedByServer closed) {
      return FINAL_CLOSE_CODES.contains(closed.code());
    }
    if (cause instanceof DisconnectCause.HandshakeRefused refused) {
      int status = refused.httpStatus();
      boolean worthAnotherToken = status == 401 && context.freshToken();
      return status >= 400
          && status < 500
          && !RETRIED_CLIENT_ERRORS.contains(status)
          && !worthAnotherToken;
    }
    return false;
  }
}

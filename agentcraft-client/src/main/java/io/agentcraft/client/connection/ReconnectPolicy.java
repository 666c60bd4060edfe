package io.agentcraft.client.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Decides what happens after a connection was lost or could not be opened. {@link ExponentialBackoff} is the default. A
 * policy of your own is a lambda:
 *
 * <pre>{@code
 * ReconnectPolicy everySecond = context -> context.isFinal()
 *     ? ReconnectPolicy.Decision.giveUp("another attempt would fail the same way")
 *     : ReconnectPolicy.Decision.retryAfter(Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>Implementations must be thread-safe.
 */
@FunctionalInterface
public interface ReconnectPolicy {

  /**
   * Returns whether and when to reconnect. Called on the SDK's connection thread, which all clients share, so it must return
   * at once; one that blocks for more than a second is named in a warning. If it throws, the client gives up.
   *
   * @param context what has happened
   * @return the decision
   */
  Decision decide(Context context);

  /**
   * The input to a {@link ReconnectPolicy}.
   *
   * @param cause why the connection or the attempt ended
   * @param attempt the number of the next attempt, from 1; it is reset once a connection has been open for a while
   * @param freshToken whether the next attempt may succeed with a fresh token: after a first 401, if the client has a
   *     {@link TokenProvider}
   */
  record Context(DisconnectCause cause, int attempt, boolean freshToken) {

    private static final Set<Integer> FINAL_CLOSE_CODES =
        Set.of(1002, 1003, 1007, 1008, 1009, 1010);
    private static final Set<Integer> RETRYABLE_CLIENT_ERRORS = Set.of(408, 425, 429);

    /**
     * Creates a context.
     *
     * @param cause why the connection or the attempt ended
     * @param attempt the number of the next attempt, from 1
     * @param freshToken whether the next attempt may succeed with a fresh token
     * @throws IllegalArgumentException if the attempt is less than 1
     */
    public Context {
      Objects.requireNonNull(cause, "cause");
      if (attempt < 1) {
        throw new IllegalArgumentException(
            "The first attempt is 1, but this one is " + attempt + ".");
      }
    }

    /**
     * Returns whether another attempt would fail the same way. That is the case after the client was closed; after close
     * code 1002, 1003, 1007, 1008, 1009 or 1010; after a handshake answered with a redirect, which is not followed; after one
     * refused with a 4xx status other than 408, 425 and 429 (for 401, only if there is no {@linkplain #freshToken() fresh
     * token} to try); after one that was accepted with an extension or a subprotocol that was not offered; and if libraries
     * on the class path are incompatible. After any other cause, including close code 1000 from the server, another attempt
     * may succeed.
     *
     * @return {@code true} if another attempt would fail the same way
     */
    public boolean isFinal() {
      if (cause instanceof DisconnectCause.ClosedByCaller
          || cause instanceof DisconnectCause.HandshakeInvalid) {
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
        boolean worthAnotherToken = status == 401 && freshToken;
        return status >= 300
            && status < 500
            && !RETRYABLE_CLIENT_ERRORS.contains(status)
            && !worthAnotherToken;
      }
      return false;
    }
  }

  /** The output of a {@link ReconnectPolicy}. */
  sealed interface Decision {

    /**
     * Returns the decision to reconnect after a delay.
     *
     * @param delay the delay, from zero to a year
     * @return the decision
     * @throws IllegalArgumentException if the delay is negative or longer than a year
     */
    static Decision retryAfter(Duration delay) {
      return new RetryAfter(delay);
    }

    /**
     * Returns the decision to give up.
     *
     * @param reason the reason, for the error's message
     * @return the decision
     */
    static Decision giveUp(String reason) {
      return new GiveUp(reason);
    }

    /**
     * Reconnect after a delay.
     *
     * @param delay the delay, from zero to a year
     */
    record RetryAfter(Duration delay) implements Decision {

      private static final Duration MAX_DELAY = Duration.ofDays(365);

      /**
       * Creates the decision.
       *
       * @param delay the delay, from zero to a year
       * @throws IllegalArgumentException if the delay is negative or longer than a year
       */
      public RetryAfter {
        if (Objects.requireNonNull(delay, "delay").isNegative() || delay.compareTo(MAX_DELAY) > 0) {
          throw new IllegalArgumentException(
              "A reconnection delay must be from zero to a year, but was " + delay + ".");
        }
      }
    }

    /**
     * Give up.
     *
     * @param reason the reason, for the error's message
     */
    record GiveUp(String reason) implements Decision {
      /**
       * Creates the decision.
       *
       * @param reason the reason, for the error's message
       */
      public GiveUp {
        Objects.requireNonNull(reason, "reason");
      }
    }
  }
}

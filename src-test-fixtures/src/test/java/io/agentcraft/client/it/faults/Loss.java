package io.agentcraft.client.it.faults;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection or attempt that is lost.
 *
 * @param cause what the client must report
 * @param noticedAfter roughly how far the client's clock advances before it notices; zero if the socket reports it
 * @param delay the wait that must follow; {@code null} for the backoff's
 */
record Loss(
    String what,
    Predicate<DisconnectCause> cause,
    Duration noticedAfter,
    @Nullable Duration delay) {

  private static final String GREETED = "silent after the greeting";
  private static final Duration HANDSHAKE = Duration.ofSeconds(15);

  private Loss(String what, Predicate<DisconnectCause> cause) {
    this(what, cause, Duration.ZERO, null);
  }

  static Loss broken() {
    return broken(IOException.class);
  }

  static Loss broken(Class<? extends Throwable> error) {
    return new Loss(
        "broken by " + error.getSimpleName(),
        cause ->
            cause instanceof DisconnectCause.ConnectionLost lost && error.isInstance(lost.error()));
  }

  static Loss closed(int code) {
    return new Loss(
        "closed with " + code,
        cause -> cause instanceof DisconnectCause.ClosedByServer closed && closed.code() == code);
  }

  static Loss refused(int status) {
    return new Loss(
        "refused with " + status,
        cause -> cause instanceof DisconnectCause.HandshakeRefused refused
            && refused.httpStatus() == status);
  }

  static Loss handshakeTimedOut() {
    return new Loss(
        "no handshake in time",
        DisconnectCause.HandshakeTimedOut.class::isInstance,
        HANDSHAKE,
        null);
  }

  /** 45 s without a frame, or 30 s and then 15 s after a probe; and the time until the next check. */
  static Loss silent() {
    return silent("silent");
  }

  /** Silent as well, but the server had sent its greeting before. */
  static Loss silentAfterGreeting() {
    return silent(GREETED);
  }

  private static Loss silent(String what) {
    return new Loss(
        what, DisconnectCause.IdleTimedOut.class::isInstance, Duration.ofSeconds(51), null);
  }

  boolean isAfterGreeting() {
    return what.equals(GREETED);
  }

  boolean isStall() {
    return noticedAfter.equals(HANDSHAKE);
  }

  Loss thenWaits(Duration wait) {
    return new Loss(what, cause, noticedAfter, wait);
  }
}

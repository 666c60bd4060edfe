package io.agentcraft.client.it.faults;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection or attempt that is lost.
 *
 * @param cause what the client must say of it
 * @param virtual how far the client's clock goes, about, before it notices; zero if the socket tells
 * @param delay the wait that must follow; {@code null}: as the backoff has it
 */
record Loss(
    String what,
    Predicate<DisconnectCause> cause,
    Duration virtual,
    @Nullable Duration delay) {

  private static final String GREETED = "silent after the greeting";
  private static final Duration HANDSHAKE = Duration.ofSeconds(15);

  static Loss broken() {
    return broken(IOException.class);
  }

  static Loss broken(Class<? extends Throwable> error) {
    return new Loss(
        "broken by " + error.getSimpleName(),
        cause ->
            cause instanceof DisconnectCause.ConnectionLost lost && error.isInstance(lost.error()),
        Duration.ZERO,
        null);
  }

  static Loss closed(int code) {
    return new Loss(
        "closed with " + code,
        cause -> cause instanceof DisconnectCause.ClosedByServer closed && closed.code() == code,
        Duration.ZERO,
        null);
  }

  static Loss refused(int status) {
    return new Loss(
        "refused with " + status,
        cause -> cause instanceof DisconnectCause.HandshakeRefused refused
            && refused.httpStatus() == status,
        Duration.ZERO,
        null);
  }

  static Loss handshakeTimedOut() {
    return new Loss(
        "no handshake in time",
        cause -> cause instanceof DisconnectCause.HandshakeTimedOut,
        HANDSHAKE,
        null);
  }

  /** 45 s without a frame, or 30 s and then 15 s after a probe; and a bit until the next look. */
  static Loss silent() {
    return new Loss(
        "silent",
        cause -> cause instanceof DisconnectCause.IdleTimedOut,
        Duration.ofSeconds(51),
        null);
  }

  /** Silent as well, but the server had greeted before. */
  static Loss silentAfterGreeting() {
    Loss silent = silent();
    return new Loss(GREETED, silent.cause(), silent.virtual(), null);
  }

  boolean isAfterGreeting() {
    return what.equals(GREETED);
  }

  boolean isStall() {
    return virtual.equals(HANDSHAKE);
  }

  Loss thenWaits(Duration wait) {
    return new Loss(what, cause, virtual, wait);
  }
}

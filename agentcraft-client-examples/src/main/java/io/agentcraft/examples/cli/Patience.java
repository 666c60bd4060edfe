package io.agentcraft.examples.cli;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.examples.live.Advice;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long {@code publish} waits for a server that is not there: for an answer within the 15 seconds that people wait for a
 * command, or without end. Each attempt is told, over the WebSocket and over HTTP.
 */
final class Patience implements ReconnectPolicy {

  /** How long a single update may be without a server. */
  static final Duration FOR_A_SERVER = Duration.ofSeconds(9);

  /** How much of it is for the WebSocket, if HTTP is tried afterwards. */
  static final Duration FOR_A_SOCKET = Duration.ofSeconds(4);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final boolean endless;
  private final boolean triesHttp;
  private final LongSupplier nanoTime;
  private final ExponentialBackoff backoff;
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

  // Written by the thread that publishes, and by the one that decides.
  private volatile boolean isPublishing;
  private volatile long since;
  private volatile boolean socketIsOpen;
  private volatile boolean socketFailed;
  private volatile @Nullable DisconnectCause lastCause;
  private volatile boolean isFinal;
  private volatile boolean gaveUp;

  /**
   * Creates a policy for one client.
   *
   * @param endless whether to wait for as long as it takes
   * @param transport how updates are published
   * @param nanoTime the clock
   */
  Patience(boolean endless, PublishTransport transport, LongSupplier nanoTime) {
    this.endless = endless;
    this.triesHttp = transport == PublishTransport.AUTO;
    this.nanoTime = nanoTime;
    ExponentialBackoff protocol = ExponentialBackoff.defaults()
        .withMaxAttempts(ExponentialBackoff.UNLIMITED)
        .withGiveUpRule(Advice::isFinal);
    this.backoff =
        endless ? protocol : protocol.withDelays(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  /** Returns how long one handshake may take. */
  Duration handshakeTimeout() {
    return endless ? Duration.ofSeconds(15) : triesHttp ? FOR_A_SOCKET : FOR_A_SERVER;
  }

  @Override
  public Decision decide(Context context) {
    Decision decision = backoff.decide(context);
    if (!isPublishing) {
      // Between two updates nobody waits.
      return decision;
    }
    lastCause = context.cause();
    isFinal = decision instanceof Decision.GiveUp;
    if (decision instanceof Decision.RetryAfter retry
        && (endless || elapsed().plus(retry.delay()).compareTo(limit()) <= 0)) {
      tell(String.format(
          Locale.ROOT,
          "waiting     %s; attempt %d in %.1f s",
          Advice.description(context.cause()),
          context.attempt(),
          retry.delay().toMillis() / 1000.0));
      return decision;
    }
    if (isAboutTheSocket()) {
      socketFailed = true;
      tell("no socket   " + Advice.description(context.cause()) + "; trying HTTP");
    } else {
      gaveUp = true;
    }
    return isFinal ? decision : Decision.giveUp("there was no server within the time for it");
  }

  /**
   * Waits for the end of an update, and tells what happens meanwhile.
   *
   * @param isConnected whether the server is there, and the time runs only once an attempt has failed
   * @return whether the update has ended; {@code false} if the time for it has
   */
  boolean await(CompletableFuture<?> receipt, BooleanSupplier isConnected, Consumer<String> printer)
      throws InterruptedException {
    CompletableFuture<?> unused = receipt.whenComplete((value, failure) -> tell(""));
    while (true) {
      String line = news.poll(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null && !line.isEmpty()) {
        printer.accept(line);
      } else if (receipt.isDone()) {
        isPublishing = false;
        return true;
      } else if (isConnected.getAsBoolean() && lastCause == null) {
        since = nanoTime.getAsLong();
      } else if (!endless && elapsed().compareTo(FOR_A_SERVER) > 0) {
        gaveUp = true;
        isPublishing = false;
        return false;
      }
    }
  }

  /** An update is about to be published. */
  void begin() {
    since = nanoTime.getAsLong();
    lastCause = null;
    isFinal = false;
    gaveUp = false;
    isPublishing = true;
  }

  /** The WebSocket was opened or lost. */
  void socketChanged(boolean isOpen) {
    socketIsOpen = isOpen;
    if (isOpen) {
      lastCause = null;
      socketFailed = false;
    }
  }

  /** Describes why there was no server; {@code null} if that is not what has happened. */
  @Nullable
  String failure() {
    if (!gaveUp) {
      return null;
    }
    DisconnectCause cause = lastCause;
    return (cause == null ? "there was no answer." : Advice.sentences(cause))
        + (isFinal ? "" : " --wait waits for the server.");
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - since);
  }

  private Duration limit() {
    return isAboutTheSocket() ? FOR_A_SOCKET : FOR_A_SERVER;
  }

  /** With a socket, or after it, what fails is a post. */
  private boolean isAboutTheSocket() {
    return triesHttp && !socketFailed && !socketIsOpen;
  }

  private void tell(String line) {
    news.add(line);
  }
}

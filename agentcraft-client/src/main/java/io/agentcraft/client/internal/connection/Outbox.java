package io.agentcraft.client.internal.connection;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and raw messages, in order and within the rate limit. Confined to the event loop.
 */
public final class Outbox implements ConnectionFollower {

  private static final int MAX_WAITING = 1_024;

  /**
   * A frame to send.
   *
   * @param onSent runs once the socket has accepted it
   * @param onFailed receives the error if that will never happen
   */
  public record Frame(String text, Runnable onSent, Consumer<AgentCraftException> onFailed) {}

  private final EventLoop loop;
  private final FrameRateLimiter limiter;
  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private @Nullable Connection connection;
  private final LoopTimer timer;

  public Outbox(EventLoop loop, FrameRateLimiter limiter) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.limiter = limiter;
  }

  @Override
  public void onUp(Connection established) {
    connection = established;
  }

  /** Fails what waits: the connection that it was meant for is lost. */
  @Override
  public void onDown() {
    failAll(() -> new NotConnectedException(
        "The connection was lost before the message could be sent. Send it again once connected."));
  }

  /** Fails what waits: the client is closing. */
  public void close() {
    failAll(() -> new ClientClosedException("The message was not sent"));
  }

  private void failAll(Supplier<AgentCraftException> why) {
    connection = null;
    timer.stop();
    while (!waiting.isEmpty()) {
      waiting.remove().onFailed().accept(why.get());
    }
  }

  public boolean isOpen() {
    return connection != null;
  }

  /** Sends a frame as soon as the rate limit allows, or fails it. */
  public void offer(Frame frame) {
    if (connection == null) {
      frame
          .onFailed()
          .accept(new NotConnectedException(
              "The message was not sent because the client is not connected. Call connect() and wait for it,"
                  + " or listen with onConnectionState(…)."));
    } else if (waiting.size() >= MAX_WAITING) {
      frame
          .onFailed()
          .accept(new SendRejectedException("The message was not sent because " + MAX_WAITING
              + " others wait already: the server accepts a limited number of frames per minute"
              + " (framesPerMinute(…)). Send less often."));
    } else {
      add(frame);
    }
  }

  /** Like {@link #offer}, but accepts the frame however many wait. Call it only while the connection is open. */
  public void add(Frame frame) {
    waiting.add(frame);
    flush();
  }

  /** Removes a frame that is no longer needed, if it still waits. */
  public void withdraw(Frame frame) {
    if (waiting.remove(frame) && waiting.isEmpty()) {
      timer.stop();
    }
  }

  /** Sends a frame that is of no use later, ahead of all that wait. Does nothing if that is not possible. */
  public void sendNow(String frame) {
    if (connection != null && connection.send(frame) == Connection.Result.SENT) {
      limiter.sent(Share.REQUEST, loop.nanoTime());
    }
  }

  private void flush() {
    timer.stop();
    while (!waiting.isEmpty() && connection != null) {
      long now = loop.nanoTime();
      long wait = limiter.waitFor(Share.REQUEST, now);
      if (wait > 0) {
        limiter.reportWait(wait, now);
        timer.start(Duration.ofNanos(wait), this::flush);
        return;
      }
      send(waiting.remove(), connection);
    }
  }

  private void send(Frame frame, Connection to) {
    Connection.Result result = to.send(frame.text());
    switch (result) {
      case SENT -> {
        limiter.sent(Share.REQUEST, loop.nanoTime());
        frame.onSent().run();
      }
      case CLOSING ->
        frame
            .onFailed()
            .accept(
                new NotConnectedException(
                    "The message was not sent because the connection is closing. Send it again once connected."));
      case FULL ->
        frame
            .onFailed()
            .accept(new SendRejectedException(
                "The message was not sent because more than 16 MiB wait for the network already."
                    + " Send less, or smaller messages."));
    }
  }
}

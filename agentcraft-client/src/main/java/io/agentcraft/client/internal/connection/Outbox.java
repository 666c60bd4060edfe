package io.agentcraft.client.internal.connection;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait for their place in the budget, in order, and the socket that they go to. Confined to the loop.
 */
public final class Outbox {

  private static final int MOST_WAITING = 1_024;

  /**
   * A frame on its way.
   *
   * @param onSent called once the socket has taken it
   * @param onFailed called instead if it never will
   */
  public record Frame(String text, Runnable onSent, Consumer<AgentCraftException> onFailed) {}

  private final Scheduler scheduler;
  private final FrameRateLimiter budget;
  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private @Nullable Connection link;
  private Scheduler.@Nullable Timer timer;

  public Outbox(Scheduler scheduler, FrameRateLimiter budget) {
    this.scheduler = scheduler;
    this.budget = budget;
  }

  public void opened(Connection newLink) {
    link = newLink;
  }

  /** Fails what was waiting: the socket that it was meant for is gone. */
  public void lost() {
    end(() -> new NotConnectedException(
        "The connection was lost before the message could be sent. Send it again once connected."));
  }

  /** Fails what was waiting: the client closes. */
  public void close() {
    end(() -> new ClientClosedException("The message was not sent"));
  }

  private void end(Supplier<AgentCraftException> why) {
    link = null;
    stopTimer();
    while (!waiting.isEmpty()) {
      waiting.remove().onFailed().accept(why.get());
    }
  }

  public boolean isOpen() {
    return link != null;
  }

  public void offer(Frame frame) {
    if (link == null) {
      frame
          .onFailed()
          .accept(new NotConnectedException(
              "The message was not sent because the client is not connected. Call connect() and wait for it,"
                  + " or listen with onConnectionState(…)."));
    } else if (waiting.size() >= MOST_WAITING) {
      frame
          .onFailed()
          .accept(new SendRejectedException("The message was not sent because " + MOST_WAITING
              + " others wait already: the server takes a limited number of frames a minute"
              + " (framesPerMinute(…)). Send less often."));
    } else {
      add(frame);
    }
  }

  /** Adds a frame that may not be refused because others wait; to an open connection only. */
  public void add(Frame frame) {
    waiting.add(frame);
    flush();
  }

  /** Takes out a frame that nobody needs any more, if it still waits. */
  public void withdraw(Frame frame) {
    if (waiting.remove(frame) && waiting.isEmpty()) {
      stopTimer();
    }
  }

  /** Sends past all that waits: for frames that are of no use later. Sent or not, nobody is told. */
  public void sendAtOnce(String frame) {
    if (link != null && link.send(frame) == Connection.Result.SENT) {
      budget.sent(Share.REQUEST, scheduler.nanoTime());
    }
  }

  private void flush() {
    stopTimer();
    while (!waiting.isEmpty() && link != null) {
      long now = scheduler.nanoTime();
      long wait = budget.waitFor(Share.REQUEST, now);
      if (wait > 0) {
        budget.waits(wait, now);
        timer = scheduler.schedule(Duration.ofNanos(wait), this::flush);
        return;
      }
      send(waiting.remove(), link);
    }
  }

  private void send(Frame frame, Connection to) {
    Connection.Result result = to.send(frame.text());
    switch (result) {
      case SENT -> {
        budget.sent(Share.REQUEST, scheduler.nanoTime());
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

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}

package io.agentcraft.testing.internal.replay;

import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.record.RecordingReader;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.protocol.Outbox;
import io.agentcraft.testing.internal.time.Loop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends the frames of one recording when they are due. Confined to the server's loop, but for what it tells. */
public final class Player {

  /** So many frames at a time, so that the server goes on with what else it does. */
  private static final int TURN = 256;

  /** A client that is so far behind is waited for, when there is no other pace. */
  private static final long MOST_QUEUED_BYTES = 1 << 20;

  private static final Duration LONGEST = Duration.ofDays(10_000);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  private final Loop loop;
  private final Outbox outbox;
  private final RecordingReader reader;
  private final double speed;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong position = new AtomicLong();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private @Nullable RecordedFrame next;
  private Scheduler.@Nullable Timer timer;
  private long began;
  private long firstOffset;

  /**
   * Opens a recording.
   *
   * @param speed how many times as fast; infinity for as fast as the clients read
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public Player(Loop loop, Outbox outbox, Path file, double speed) {
    this.loop = loop;
    this.outbox = outbox;
    this.speed = speed;
    this.reader = RecordingReader.of(file);
  }

  /** Begins with the first frame. */
  public void start() {
    began = loop.nanoTime();
    advance();
    if (next != null) {
      firstOffset = next.offset().toNanos();
    }
    play();
  }

  /** Sends no more. */
  public void stop() {
    end(null);
  }

  /** Returns how many frames were sent. */
  public long sent() {
    return sent.get();
  }

  /** Returns how far into the recording it is. */
  public Duration position() {
    return Duration.ofNanos(position.get());
  }

  /** Completes behind the last frame; fails if the recording is broken. */
  public CompletableFuture<Void> done() {
    return done;
  }

  private void play() {
    timer = null;
    for (int i = 0; next != null && !done.isDone(); i++) {
      Duration wait = i < TURN ? untilDue(next) : Duration.ZERO;
      if (!wait.isZero() || i >= TURN) {
        timer = loop.schedule(wait, this::play);
        return;
      }
      outbox.broadcastAsItIs(next.text());
      sent.incrementAndGet();
      position.set(next.offset().toNanos());
      advance();
    }
    if (next == null) {
      end(null);
    }
  }

  private Duration untilDue(RecordedFrame frame) {
    if (Double.isInfinite(speed)) {
      return outbox.mostQueuedBytes() > MOST_QUEUED_BYTES ? LOOK_AGAIN : Duration.ZERO;
    }
    double sinceStart = (frame.offset().toNanos() - firstOffset) / speed;
    long due = began + (long) Math.min(sinceStart, (double) LONGEST.toNanos());
    return Duration.ofNanos(Math.max(0, due - loop.nanoTime()));
  }

  private void advance() {
    try {
      do {
        next = reader.next();
      } while (next != null && next.direction() != Direction.IN);
    } catch (RuntimeException broken) {
      next = null;
      end(broken);
    }
  }

  private void end(@Nullable Exception why) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    try {
      reader.close();
    } catch (IOException readAlready) {
      // What was of interest was read.
    }
    if (why == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(why);
    }
  }
}

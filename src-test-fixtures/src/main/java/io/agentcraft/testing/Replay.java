package io.agentcraft.testing;

import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.record.RecordingReader;
import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A recording that a {@link ReferenceServer} is sending to its clients. The recorded texts are sent as they are. Safe to use
 * from any thread.
 */
public final class Replay {

  /** So many frames at a time, so that the server gets on with its other work. */
  private static final int FRAMES_AT_A_TIME = 256;

  /** Without another pace, the replay waits for a client that is this far behind. */
  private static final long MAX_QUEUED_BYTES = 1 << 20;

  private static final Duration LONGEST = Duration.ofDays(10_000);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

  private final Loop loop;
  private final Broadcaster broadcaster;
  private final RecordingReader reader;
  private final double speed;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong position = new AtomicLong();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  // Confined to the server's loop.
  private @Nullable RecordedFrame next;
  private Scheduler.@Nullable Timer timer;
  private long startNanos;
  private long firstOffset;

  Replay(Loop loop, Broadcaster broadcaster, Path recording, ReplaySpeed speed) {
    this.loop = loop;
    this.broadcaster = broadcaster;
    this.speed = speed.factor();
    this.reader = RecordingReader.of(recording);
  }

  /**
   * Returns a future of the end of the replay.
   *
   * @return completes once the last frame is handed to the connections (clients may still be reading), the replay was
   *     stopped, or the server was closed; fails with {@link IllegalArgumentException}, which names the line, if the
   *     recording is broken, after all frames before that line. It is completed in the server's loop
   */
  public CompletableFuture<Void> done() {
    return done.copy();
  }

  /**
   * Returns how many frames were sent.
   *
   * @return the number; a frame counts once, whatever the number of clients
   */
  public long sent() {
    return sent.get();
  }

  /**
   * Returns how far the replay is into the recording.
   *
   * @return the offset of the last frame that was sent
   */
  public Duration position() {
    return Duration.ofNanos(position.get());
  }

  /** Sends no more frames. Does nothing once the replay has ended. */
  public void stop() {
    if (!loop.isClosed()) {
      loop.call(() -> end(null));
    }
  }

  /** Starts with the first frame. Called in the loop. */
  void start() {
    startNanos = loop.nanoTime();
    advance();
    if (next != null) {
      firstOffset = next.offset().toNanos();
    }
    play();
  }

  private void play() {
    timer = null;
    for (int i = 0; next != null && !done.isDone(); i++) {
      Duration wait = i < FRAMES_AT_A_TIME ? untilDue(next) : Duration.ZERO;
      if (!wait.isZero() || i >= FRAMES_AT_A_TIME) {
        timer = loop.schedule(wait, this::play);
        return;
      }
      broadcaster.broadcastAsItIs(next.text());
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
      return broadcaster.maxQueuedBytes() > MAX_QUEUED_BYTES ? POLL_INTERVAL : Duration.ZERO;
    }
    double sinceStart = (frame.offset().toNanos() - firstOffset) / speed;
    long due = startNanos + (long) Math.min(sinceStart, (double) LONGEST.toNanos());
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
    } catch (IOException alreadyRead) {
      // Nothing more is read from it.
    }
    if (why == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(why);
    }
  }
}

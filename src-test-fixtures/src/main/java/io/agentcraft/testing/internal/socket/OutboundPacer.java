package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What the server sends: at once, late, in drops, or not before the network is whole again. Never loses a byte. */
final class OutboundPacer extends OutputStream {

  /** Ends the writing half of the connection. */
  interface Ending {
    void run() throws IOException;
  }

  private static final class Chunk {

    private final byte[] bytes;
    private final long due;
    private final @Nullable Ending ending;

    Chunk(byte[] bytes, long due, @Nullable Ending ending) {
      this.bytes = bytes;
      this.due = due;
      this.ending = ending;
    }
  }

  private final OutputStream raw;
  private final Scheduler scheduler;

  // Guarded by this.
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private Pace pace = Pace.FULL_SPEED;
  private boolean held;
  private boolean closed;
  private Scheduler.@Nullable Timer timer;

  OutboundPacer(OutputStream raw, Scheduler scheduler) {
    this.raw = raw;
    this.scheduler = scheduler;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (isFree()) {
      raw.write(bytes, offset, length);
    } else {
      add(Arrays.copyOfRange(bytes, offset, offset + length), null);
    }
  }

  /** Ends the stream behind all that waits. */
  synchronized void end(Ending ending) throws IOException {
    if (isFree()) {
      ending.run();
    } else {
      add(new byte[0], ending);
    }
  }

  /** Changes the pace. What waits goes on at the new one. */
  synchronized void pace(Pace newPace) {
    stopTimer();
    pace = newPace;
    goOn();
  }

  /** Keeps everything back, or no more. */
  synchronized void hold(boolean toHold) {
    stopTimer();
    held = toHold;
    goOn();
  }

  /** Forgets what waits: the socket is closed. */
  synchronized void release() {
    closed = true;
    stopTimer();
    waiting.clear();
  }

  private boolean isFree() {
    return !held && pace.isFullSpeed() && waiting.isEmpty();
  }

  private void add(byte[] bytes, @Nullable Ending ending) {
    waiting.add(new Chunk(bytes, scheduler.nanoTime() + pace.delay().toNanos(), ending));
    goOn();
  }

  private void goOn() {
    if (held || closed) {
      return;
    }
    if (pace.isFullSpeed()) {
      while (!waiting.isEmpty()) {
        send(waiting.remove());
      }
    } else if (!waiting.isEmpty() && timer == null) {
      long delay = pace.isTrickle()
          ? pace.delay().toNanos()
          : Math.max(0, waiting.getFirst().due - scheduler.nanoTime());
      try {
        timer = scheduler.schedule(Duration.ofNanos(delay), this::due);
      } catch (RejectedExecutionException schedulerIsClosed) {
        // No more time passes, so nothing that waits will ever leave.
        release();
      }
    }
  }

  private synchronized void due() {
    timer = null;
    if (held || closed) {
      return;
    }
    if (pace.isTrickle()) {
      drip();
    } else {
      long now = scheduler.nanoTime();
      while (!waiting.isEmpty() && waiting.getFirst().due - now <= 0) {
        send(waiting.remove());
      }
    }
    goOn();
  }

  private void drip() {
    for (int left = pace.drop(); left > 0 && !waiting.isEmpty(); ) {
      Chunk first = waiting.remove();
      byte[] bytes = first.bytes;
      int count = Math.min(left, bytes.length);
      if (count < bytes.length) {
        byte[] rest = Arrays.copyOfRange(bytes, count, bytes.length);
        waiting.addFirst(new Chunk(rest, first.due, first.ending));
        first = new Chunk(Arrays.copyOf(bytes, count), first.due, null);
      }
      send(first);
      left -= count;
    }
  }

  private void send(Chunk chunk) {
    try {
      raw.write(chunk.bytes);
      Ending ending = chunk.ending;
      if (ending != null) {
        ending.run();
      }
    } catch (IOException clientIsGone) {
      // Whoever wrote this has long returned; who reads from the socket finds out.
      waiting.clear();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}

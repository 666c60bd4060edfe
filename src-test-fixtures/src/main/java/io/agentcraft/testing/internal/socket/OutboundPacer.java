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

/**
 * What the server sends: at once, late, in drops, or not before the network is whole again. Never loses a byte. What had to
 * wait is written by a thread of its own, so that a client which does not read holds up nothing but its own connection.
 */
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

  // Guarded by this; written is without it, by whoever made it busy.
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private Pace pace = Pace.FULL_SPEED;
  private boolean held;
  private boolean closed;
  private boolean busy;
  private int allowance;
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
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (isMine()) {
      try {
        raw.write(bytes, offset, length);
      } finally {
        through();
      }
    } else {
      add(Arrays.copyOfRange(bytes, offset, offset + length), null);
    }
  }

  /** Ends the stream behind all that waits. */
  void end(Ending ending) throws IOException {
    if (isMine()) {
      try {
        ending.run();
      } finally {
        through();
      }
    } else {
      add(new byte[0], ending);
    }
  }

  /** Changes the pace. What waits goes on at the new one. */
  synchronized void pace(Pace newPace) {
    stopTimer();
    pace = newPace;
    allowance = 0;
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

  /** Tells whether the caller may write at once; then it has to say when it is through. */
  private synchronized boolean isMine() {
    boolean free = !busy && !held && pace.isFullSpeed() && waiting.isEmpty();
    busy |= free;
    return free;
  }

  private synchronized void through() {
    busy = false;
    goOn();
  }

  private synchronized void add(byte[] bytes, @Nullable Ending ending) {
    waiting.add(new Chunk(bytes, scheduler.nanoTime() + pace.delay().toNanos(), ending));
    goOn();
  }

  /** Sees to it that what waits is written: now, or when it is due. */
  private void goOn() {
    if (busy || held || closed || waiting.isEmpty()) {
      return;
    }
    if (isDue()) {
      busy = true;
      Thread writer = new Thread(this::writeWhatIsDue, "agentcraft-reference-server-writer");
      writer.setDaemon(true);
      writer.start();
    } else if (timer == null) {
      Chunk first = waiting.getFirst();
      long delay =
          pace.isTrickle() ? pace.delay().toNanos() : Math.max(0, first.due - scheduler.nanoTime());
      try {
        timer = scheduler.schedule(Duration.ofNanos(delay), this::due);
      } catch (RejectedExecutionException schedulerIsClosed) {
        // No more time passes, so nothing that waits will ever leave.
        release();
      }
    }
  }

  private boolean isDue() {
    if (pace.isTrickle()) {
      return allowance > 0;
    }
    return pace.isFullSpeed() || waiting.getFirst().due - scheduler.nanoTime() <= 0;
  }

  private synchronized void due() {
    timer = null;
    allowance = pace.drop();
    goOn();
  }

  private void writeWhatIsDue() {
    try {
      for (Chunk chunk = next(); chunk != null; chunk = next()) {
        raw.write(chunk.bytes);
        Ending ending = chunk.ending;
        if (ending != null) {
          ending.run();
        }
      }
    } catch (IOException clientIsGone) {
      // Whoever wrote this has long returned; who reads from the socket finds out.
      release();
    }
  }

  /** Takes what is due; {@code null}, and no more busy, if nothing is. */
  private synchronized @Nullable Chunk next() {
    if (held || closed || waiting.isEmpty() || !isDue()) {
      through();
      return null;
    }
    Chunk first = waiting.remove();
    if (!pace.isTrickle() || first.bytes.length <= allowance) {
      allowance = Math.max(0, allowance - first.bytes.length);
      return first;
    }
    int count = allowance;
    allowance = 0;
    byte[] rest = Arrays.copyOfRange(first.bytes, count, first.bytes.length);
    waiting.addFirst(new Chunk(rest, first.due, first.ending));
    return new Chunk(Arrays.copyOf(first.bytes, count), first.due, null);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}

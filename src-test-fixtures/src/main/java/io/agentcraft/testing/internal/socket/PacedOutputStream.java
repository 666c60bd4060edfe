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
 * What the server sends: at once, late, in small pieces, or only when the network is healed. Never loses a byte. What was
 * delayed is written by another thread, so that a client that does not read blocks only its own connection.
 */
final class PacedOutputStream extends OutputStream {

  /**
   * How fast bytes are written.
   *
   * @param delay how long each byte waits; with pieces, the time between two of them; zero for full speed
   * @param pieceSize how many bytes are written at a time; 0 for all that have waited long enough
   */
  private record Pace(Duration delay, int pieceSize) {

    static final Pace FULL_SPEED = new Pace(Duration.ZERO, 0);

    boolean isFullSpeed() {
      return delay.isZero();
    }

    boolean isTrickle() {
      return pieceSize > 0;
    }
  }

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

  // Guarded by this. Bytes are written without it, by the thread that made it busy.
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private Pace pace = Pace.FULL_SPEED;
  private boolean held;
  private boolean closed;
  private boolean busy;
  private int allowance;
  private Scheduler.@Nullable Timer timer;

  PacedOutputStream(OutputStream raw, Scheduler scheduler) {
    this.raw = raw;
    this.scheduler = scheduler;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (tryWrite()) {
      try {
        raw.write(bytes, offset, length);
      } finally {
        written();
      }
    } else {
      add(Arrays.copyOfRange(bytes, offset, offset + length), null);
    }
  }

  /** Ends the stream after what waits. */
  void end(Ending ending) throws IOException {
    if (tryWrite()) {
      try {
        ending.run();
      } finally {
        written();
      }
    } else {
      add(new byte[0], ending);
    }
  }

  /** Delays every byte; what waits is written at the new pace. Zero for full speed. */
  void latency(Duration delay) {
    pace(new Pace(delay, 0));
  }

  /** Writes this many bytes at a time; what waits is written at the new pace. */
  void trickle(int bytes, Duration interval) {
    pace(new Pace(interval, bytes));
  }

  private synchronized void pace(Pace newPace) {
    stopTimer();
    pace = newPace;
    allowance = 0;
    goOn();
  }

  /** Holds everything back, or no longer. */
  synchronized void hold(boolean toHold) {
    stopTimer();
    held = toHold;
    goOn();
  }

  /** Drops what waits, because the socket is closed. */
  synchronized void release() {
    closed = true;
    stopTimer();
    waiting.clear();
  }

  /** Returns whether the caller may write at once; it then has to call {@link #written}. */
  private synchronized boolean tryWrite() {
    boolean free = !busy && !held && pace.isFullSpeed() && waiting.isEmpty();
    busy |= free;
    return free;
  }

  private synchronized void written() {
    busy = false;
    goOn();
  }

  private synchronized void add(byte[] bytes, @Nullable Ending ending) {
    waiting.add(new Chunk(bytes, scheduler.nanoTime() + pace.delay().toNanos(), ending));
    goOn();
  }

  /** Has what waits written, now or when it is due. */
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
        // Time has stopped, so what waits will never be written.
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
    allowance = pace.pieceSize();
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
      // The writer returned long ago; the thread that reads from the socket notices it.
      release();
    }
  }

  /** Takes what is due; {@code null}, and no longer busy, if nothing is. */
  private synchronized @Nullable Chunk next() {
    if (held || closed || waiting.isEmpty() || !isDue()) {
      written();
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

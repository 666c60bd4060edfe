package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.connection.Meter;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a client's callbacks one at a time and in order. Messages are bounded: when too many wait, or too much of their
 * text, the thread that brings one waits too (TCP then holds the server back), or the oldest is dropped. What the
 * connection itself has to say is never dropped.
 */
public final class CallbackBuffer {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackBuffer.class);

  /** After so many callbacks the thread is given back, so that clients sharing an executor take turns. */
  private static final int TURN = 256;

  /** When so much text waits, more would only make old objects of young ones. A message may be as large as it likes. */
  private static final long MOST_CHARS = 1 << 20;

  private final RetryingExecutor executor;
  private final OverflowStrategy overflow;
  private final Meter meter;
  private final SlownessWarnings warnings;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReaderGate reader;
  private final Backlog backlog;
  private final AtomicLong dropped = new AtomicLong();
  private boolean running;
  private @Nullable Thread runner;

  public CallbackBuffer(
      Executor executor, Scheduler scheduler, int bound, OverflowStrategy overflow, Meter meter) {
    this(executor, scheduler, bound, overflow, meter, ReaderGate.MOMENT);
  }

  CallbackBuffer(
      Executor executor,
      Scheduler scheduler,
      int bound,
      OverflowStrategy overflow,
      Meter meter,
      Duration readersMoment) {
    this.executor = new RetryingExecutor(executor, scheduler);
    this.backlog = overflow == OverflowStrategy.BLOCK
        ? Backlog.forWaiting(bound, MOST_CHARS)
        : Backlog.forDropping(bound);
    this.reader = new ReaderGate(lock.newCondition(), readersMoment);
    this.overflow = overflow;
    this.meter = meter;
    this.warnings = new SlownessWarnings(scheduler::nanoTime);
  }

  /**
   * Adds what must be told: never waits.
   *
   * @return {@code false} if it will never run, because the executor takes no more tasks
   */
  public boolean add(Runnable task) {
    return changed(() -> backlog.add(task));
  }

  /**
   * Adds a message's delivery; waits for room, or drops the oldest.
   *
   * @param source where the message comes from; nothing is added if it is over by the time there is room
   */
  void addBounded(BoundedTask task, FrameSource source) {
    boolean drops = false;
    boolean starts;
    lock.lock();
    try {
      if (backlog.isFull()) {
        drops = overflow == OverflowStrategy.DROP_OLDEST;
        makeRoom(source);
      }
      if (backlog.isClosed() || source.isOver()) {
        return;
      }
      backlog.addBounded(task);
      starts = startsIfIdle();
    } finally {
      lock.unlock();
      if (drops) {
        countDropped();
      }
    }
    if (starts) {
      var unused = start();
    }
  }

  /**
   * Adds what goes before all that waits, and runs even while the queue is held.
   *
   * @return {@code false} if it will never run, because the executor takes no more tasks
   */
  public boolean addNext(Runnable task) {
    return changed(() -> backlog.addNext(task));
  }

  /** Runs no more of what waits, until each hold is released or the client is closed. */
  public void hold() {
    lock.lock();
    try {
      backlog.hold();
    } finally {
      lock.unlock();
    }
  }

  /** Ends one hold. */
  public void release() {
    var unused = changed(backlog::release);
  }

  /** Lets go the readers whose connection is over: they wait for room that is of no use to them. */
  public void sourceOver() {
    lock.lock();
    try {
      reader.letIn();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more messages and lets go whoever waits for room; what is queued is still delivered. */
  public void close() {
    // What was held is held no more.
    var unused = changed(() -> {
      backlog.close();
      executor.close();
      reader.letIn();
    });
  }

  /** Tells whether a reader waits for room. */
  boolean hasWaitingReader() {
    return reader.isThere();
  }

  public int size() {
    lock.lock();
    try {
      return backlog.size();
    } finally {
      lock.unlock();
    }
  }

  public long dropped() {
    return dropped.get();
  }

  /** Counts a message that was dropped, here or by one of the listeners' own buffers. */
  public void countDropped() {
    dropped.incrementAndGet();
    meter.tell(ClientMetrics::messageDropped);
  }

  /** Tells whether the calling thread is running one of this queue's callbacks. */
  public boolean isRunner() {
    lock.lock();
    try {
      return runner == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom(FrameSource source) {
    if (overflow == OverflowStrategy.DROP_OLDEST) {
      backlog.dropOldest();
      warnings.oldestIsDropped(backlog);
      return;
    }
    source.readerWaits(true);
    try {
      reader.waitWhile(
          () -> backlog.isFull() && !backlog.isClosed() && !source.isOver(),
          () -> warnings.readingIsPaused(backlog));
    } finally {
      source.readerWaits(false);
    }
  }

  /** Makes a change, and runs what may run after it; {@code false} if it never will. */
  private boolean changed(Runnable change) {
    boolean starts;
    lock.lock();
    try {
      change.run();
      starts = startsIfIdle();
    } finally {
      lock.unlock();
    }
    return !starts || start();
  }

  private boolean startsIfIdle() {
    if (running || !backlog.hasNext()) {
      return false;
    }
    running = true;
    return true;
  }

  private boolean start() {
    return executor.execute(this::run, this::lost);
  }

  private void lost() {
    List<Runnable> urgent;
    lock.lock();
    try {
      running = false;
      urgent = backlog.clear();
      reader.letIn();
    } finally {
      lock.unlock();
    }
    // A stream's signals: whoever waits for its end must not wait for ever.
    urgent.forEach(Runnable::run);
  }

  private void run() {
    do {
      for (int i = 0; i < TURN; i++) {
        Runnable entry = next();
        if (entry == null) {
          return;
        }
        if (reader.isThere()) {
          letReaderIn();
        }
        try {
          entry.run();
        } catch (RuntimeException | Error bug) {
          LOG.error(
              "A callback failed outside its listener. This is a bug in the AgentCraft client.",
              bug);
        }
      }
    } while (!handOn());
  }

  private void letReaderIn() {
    lock.lock();
    try {
      reader.letInIfWorthIt(backlog);
    } finally {
      lock.unlock();
    }
  }

  /** Gives the thread back; {@code false} if no other will come, so that what is queued is for this one to run. */
  private boolean handOn() {
    lock.lock();
    try {
      runner = null;
      backlog.putBack();
    } finally {
      lock.unlock();
    }
    return executor.offer(this::run);
  }

  private @Nullable Runnable next() {
    Runnable message = backlog.nextOfBatch();
    if (message != null) {
      return message;
    }
    lock.lock();
    try {
      Runnable task = backlog.next();
      running = task != null;
      runner = task == null ? null : Thread.currentThread();
      return task;
    } finally {
      lock.unlock();
    }
  }
}

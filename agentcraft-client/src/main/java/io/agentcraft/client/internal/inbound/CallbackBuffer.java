package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.guard.WarnLimit;
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
 * Runs a client's callbacks one at a time and in order. Messages are bounded, in number and in characters: when the buffer
 * is full, the reader thread that brings one blocks (TCP then slows the server down), or the oldest messages are dropped.
 * State changes and other callbacks that are not messages are never dropped.
 */
public final class CallbackBuffer implements ConnectionFollower {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackBuffer.class);

  /** After this many callbacks the thread is given back, so that clients that share an executor alternate. */
  private static final int CALLBACKS_PER_TURN = 256;

  /**
   * Buffering more text than this only fills the old generation of the heap. One message may be larger. Streams and batches
   * have the same bound.
   */
  static final long MAX_CHARS = 1 << 20;

  private static final String FULL_OF_TEXT = " with about a million characters";

  private final RetryingExecutor executor;
  private final OverflowStrategy overflow;
  private final Instrumentation instrumentation;
  private final Scheduler scheduler;
  private final WarnLimit warnLimit = new WarnLimit();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReaderGate gate;
  private final Backlog backlog;
  private final AtomicLong dropped = new AtomicLong();
  private boolean running;
  private @Nullable Thread runner;

  /** The delivery of one message: it counts against the bounds of the buffer and may be dropped. */
  @FunctionalInterface
  interface Message extends Runnable {

    /** Returns how much memory the message takes, in characters. */
    default long chars() {
      return 0;
    }
  }

  /** The connection that a message comes from. */
  interface Source {

    /** Called with {@code true} before the reader thread blocks, and with {@code false} after it. */
    void readerWaits(boolean waits);

    /** Returns whether the connection was lost meanwhile. Its loss has been reported already, so its messages are stale. */
    boolean isOver();
  }

  public CallbackBuffer(
      Executor executor,
      Scheduler scheduler,
      int bound,
      OverflowStrategy overflow,
      Instrumentation instrumentation) {
    this(executor, scheduler, bound, overflow, instrumentation, ReaderGate.PATIENCE);
  }

  CallbackBuffer(
      Executor executor,
      Scheduler scheduler,
      int bound,
      OverflowStrategy overflow,
      Instrumentation instrumentation,
      Duration readerPatience) {
    this.executor = new RetryingExecutor(executor, scheduler);
    this.backlog = overflow == OverflowStrategy.BLOCK
        ? Backlog.blocking(bound, MAX_CHARS)
        : Backlog.dropping(bound, MAX_CHARS);
    this.gate = new ReaderGate(lock.newCondition(), readerPatience);
    this.overflow = overflow;
    this.instrumentation = instrumentation;
    this.scheduler = scheduler;
  }

  /**
   * Adds a callback that is not a message. Never blocks.
   *
   * @return {@code false} if it will never run, because the executor accepts no more tasks
   */
  public boolean add(Runnable callback) {
    return update(() -> backlog.add(callback));
  }

  /**
   * Adds a message. Blocks until there is room, or drops the oldest one.
   *
   * @param source where the message comes from; nothing is added if it is over by the time there is room
   */
  void addMessage(Message message, Source source) {
    int drops = 0;
    boolean starts;
    lock.lock();
    try {
      if (overflow == OverflowStrategy.BLOCK && backlog.isFull()) {
        awaitRoom(source);
      }
      if (backlog.isClosed() || source.isOver()) {
        return;
      }
      if (overflow == OverflowStrategy.DROP_OLDEST) {
        drops = dropOldest(message);
      }
      backlog.addMessage(message);
      starts = startsIfIdle();
    } finally {
      lock.unlock();
      for (int i = 0; i < drops; i++) {
        countDropped();
      }
    }
    if (starts) {
      var unused = start();
    }
  }

  /**
   * Adds a callback that runs before everything that is buffered, even while the buffer is held.
   *
   * @return {@code false} if it will never run, because the executor accepts no more tasks
   */
  public boolean addFirst(Runnable callback) {
    return update(() -> backlog.addFirst(callback));
  }

  /** Runs nothing more of what is buffered, until each hold is released or the client is closed. */
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
    var unused = update(backlog::release);
  }

  /** Wakes the reader of the connection that is over: it waits for room that is of no use to it. */
  @Override
  public void onDown() {
    lock.lock();
    try {
      gate.open();
    } finally {
      lock.unlock();
    }
  }

  /** Accepts no more messages and wakes the reader that waits for room. What is buffered is still delivered, held or not. */
  public void close() {
    var unused = update(() -> {
      backlog.close();
      executor.close();
      gate.open();
    });
  }

  boolean hasWaitingReader() {
    return gate.isWaiting();
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

  /** Counts a message that was dropped, here or in the buffer of a stream. */
  public void countDropped() {
    dropped.incrementAndGet();
    instrumentation.report(ClientMetrics::messageDropped);
  }

  /** Returns whether the executor accepts no more tasks, as far as that can be known. */
  boolean isExecutorShutDown() {
    return executor.isShutDown();
  }

  /** Returns whether the calling thread is running one of this buffer's callbacks. */
  public boolean isRunner() {
    lock.lock();
    try {
      return runner == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private int dropOldest(Message message) {
    boolean text = backlog.isFullOfTextFor(message);
    int dropped = backlog.makeRoomFor(message);
    for (int i = 0; i < dropped; i++) {
      warnOfDropping(text);
    }
    return dropped;
  }

  private void awaitRoom(Source source) {
    source.readerWaits(true);
    try {
      gate.await(
          () -> backlog.isFull() && !backlog.isClosed() && !source.isOver(), this::warnOfBlocking);
    } finally {
      source.readerWaits(false);
    }
  }

  /** Updates the backlog and runs what may run now; returns {@code false} if it never will. */
  private boolean update(Runnable change) {
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
    return executor.execute(this::run, this::discard);
  }

  private void discard() {
    List<Runnable> first;
    lock.lock();
    try {
      running = false;
      first = backlog.clear();
      gate.open();
    } finally {
      lock.unlock();
    }
    // The signals of streams: a subscriber that waits for onComplete must not wait for ever.
    first.forEach(Runnable::run);
  }

  private void run() {
    do {
      for (int i = 0; i < CALLBACKS_PER_TURN; i++) {
        Runnable callback = next();
        if (callback == null) {
          return;
        }
        if (gate.isWaiting()) {
          openGateIfRoomy();
        }
        try {
          callback.run();
        } catch (RuntimeException | Error bug) {
          logFailure(bug);
        }
      }
    } while (!handOver());
  }

  private void openGateIfRoomy() {
    lock.lock();
    try {
      gate.openIfRoomy(backlog);
    } finally {
      lock.unlock();
    }
  }

  /** Gives the thread back; returns {@code false} if the executor has no other, so that this one has to go on. */
  private boolean handOver() {
    lock.lock();
    try {
      runner = null;
      backlog.returnBatch();
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
      Runnable callback = backlog.next();
      running = callback != null;
      runner = callback == null ? null : Thread.currentThread();
      return callback;
    } finally {
      lock.unlock();
    }
  }

  private void logFailure(Throwable bug) {
    String addition = warnLimit.admit(WarnLimit.kind(this, bug), scheduler.nanoTime());
    if (addition != null) {
      LOG.error(
          "A callback failed outside its listener. This is a bug in the AgentCraft client.{}",
          addition,
          LogText.loggable(bug));
    }
  }

  private void warnOfBlocking() {
    String addition = warnLimit.admit("blocking", scheduler.nanoTime());
    if (addition != null) {
      boolean text = backlog.isFullOfText();
      LOG.warn(
          "Listeners or subscribers are slower than the server: {} messages are buffered{}, so reading is paused until"
              + " they catch up. Do less in listeners, {}or choose OverflowStrategy.DROP_OLDEST.{}",
          backlog.size(),
          text ? FULL_OF_TEXT : "",
          text ? "" : "raise callbackQueue(…), ",
          addition);
    }
  }

  private void warnOfDropping(boolean text) {
    String addition = warnLimit.admit("dropping", scheduler.nanoTime());
    if (addition != null) {
      LOG.warn(
          "Listeners are slower than the server: {} messages are buffered{}, so the oldest are dropped.{}",
          backlog.size(),
          text ? FULL_OF_TEXT : "",
          addition);
    }
  }
}

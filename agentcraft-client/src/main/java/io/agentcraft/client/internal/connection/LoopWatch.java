package io.agentcraft.client.internal.connection;

import io.agentcraft.client.internal.guard.WarnLimit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the threads of all event loops, and warns of user code that blocks one. While a loop has something to do, a
 * thread of the shared pool looks at it now and then, because a task that never returns cannot be noticed by its own thread.
 * May be used from any thread.
 */
public final class LoopWatch {

  /** How long a task may take. */
  static final Duration LIMIT = Duration.ofSeconds(1);

  /** Looked at once more after this time: the whole JVM may have stood still. */
  static final Duration CONFIRMATION = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final Executor threads;
  private final List<CallSite> callSites;
  private final Set<Loop> loops = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final WarnLimit warnLimit = new WarnLimit();

  /**
   * A method that calls user code, which a stack trace can tell.
   *
   * @param name names the user code, as the subject of a sentence
   */
  public record CallSite(Class<?> type, String method, String name) {

    boolean is(StackTraceElement frame) {
      return frame.getMethodName().equals(method) && frame.getClassName().equals(type.getName());
    }
  }

  /**
   * Creates a watch over no loop.
   *
   * @param threads runs the looks, which take seconds
   * @param callSites where tasks call user code
   */
  public LoopWatch(Executor threads, List<CallSite> callSites) {
    this.threads = threads;
    this.callSites = callSites;
  }

  /** Returns whether the calling thread runs a task of a loop: whoever waits for a loop must not wait there. */
  public boolean isLoopThread() {
    Thread current = Thread.currentThread();
    return loops.stream().anyMatch(loop -> loop.thread == current);
  }

  /** Watches over one more loop. */
  Loop add() {
    Loop loop = new Loop();
    loops.add(loop);
    return loop;
  }

  private void start() {
    if (watching.compareAndSet(false, true)) {
      try {
        threads.execute(this::watch);
      } catch (RejectedExecutionException lastClientIsClosed) {
        watching.set(false);
      }
    }
  }

  private void watch() {
    long wait = LIMIT.toNanos();
    while (wait > 0) {
      LockSupport.parkNanos(wait);
      wait = look(System.nanoTime());
    }
    watching.set(false);
    if (loops.stream().anyMatch(Loop::hasChanged)) {
      start();
    }
  }

  /** Looks at each loop; returns when to look again, in nanoseconds, or 0 if none has done anything since the last look. */
  long look(long now) {
    return loops.stream()
        .mapToLong(loop -> loop.look(now))
        .filter(wait -> wait > 0)
        .min()
        .orElse(0);
  }

  private void warn(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    String name = Arrays.stream(stack)
        .flatMap(frame -> callSites.stream().filter(site -> site.is(frame)))
        .map(CallSite::name)
        .findFirst()
        .orElse("A task");
    String addition = warnLimit.admit(name, System.nanoTime());
    if (addition != null) {
      Exception where = new Exception("The stack of the thread " + thread.getName());
      where.setStackTrace(stack);
      LOG.warn(
          "{} has blocked the event loop for more than {} s, and with it all clients that share this thread."
              + " It must return at once: move what takes long to another thread.{}",
          name,
          LIMIT.toSeconds(),
          addition,
          where);
    }
  }

  /** One loop. Its tasks are marked by the thread that runs them, one at a time. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by that thread only
  final class Loop {

    private volatile @Nullable Thread thread;
    private volatile long startedAt;
    /** Odd while a task runs. */
    private volatile long marks;

    // Of the thread that looks.
    private long seen;
    private long warned;
    private boolean late;

    /** Marks the start of a task. Returns {@code false} if it is part of one. */
    boolean start() {
      if (thread != null) {
        return false;
      }
      startedAt = System.nanoTime();
      thread = Thread.currentThread();
      marks++;
      if (!watching.get()) {
        LoopWatch.this.start();
      }
      return true;
    }

    /** Marks the end of a task. */
    void end() {
      marks++;
      thread = null;
    }

    /** The loop is needed no more. */
    void close() {
      loops.remove(this);
    }

    private boolean hasChanged() {
      return marks != seen;
    }

    private long look(long now) {
      long current = marks;
      Thread busy = thread;
      long elapsed = now - startedAt;
      boolean changed = current != seen;
      seen = current;
      late &= !changed;
      if (current % 2 == 0 || busy == null || marks != current) {
        return changed ? LIMIT.toNanos() : 0;
      }
      if (warned == current) {
        return 0;
      }
      if (elapsed < LIMIT.toNanos()) {
        return LIMIT.toNanos() - elapsed;
      }
      if (!late) {
        late = true;
        return CONFIRMATION.toNanos();
      }
      warned = current;
      warn(busy);
      return 0;
    }
  }
}

package io.agentcraft.client.internal.client;

import io.agentcraft.client.internal.connection.ConnectionMachine;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.LoopWatch;
import io.agentcraft.client.internal.connection.LoopWatch.CallSite;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.guard.ThreadState;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few daemon threads that all clients of the JVM share, and an {@link OkHttpClient} for those that are given none. It
 * exists while a client is open; the last client to close ends its threads.
 */
public final class SharedRuntime {

  private static final Object LOCK = new Object();
  private static @Nullable SharedRuntime current;
  private static int holders;

  private final LoopScheduler scheduler = new LoopScheduler();
  private final ExecutorService callbacks = pool("agentcraft-callback");
  private final ExecutorService sockets = pool("agentcraft-socket");
  private final CompletionPool completions = new CompletionPool(callbacks, scheduler);
  private final LoopWatch loopWatch = new LoopWatch(
      callbacks,
      List.of(
          new CallSite(ConnectionMachine.class, "decide", "The reconnect policy"),
          new CallSite(Instrumentation.class, "report", "The metrics object"),
          new CallSite(Instrumentation.class, "frame", "The frame listener"),
          new CallSite(
              CallbackBuffer.class,
              "run",
              "A listener, for which callbackExecutor(…) has no thread,")));
  private final ShutdownHook shutdownHook = new ShutdownHook();
  private @Nullable OkHttpClient okHttp;

  private SharedRuntime() {}

  /** Takes a share, to be given back with {@link #release()}. */
  public static SharedRuntime acquire() {
    synchronized (LOCK) {
      SharedRuntime runtime = current;
      if (runtime == null) {
        runtime = new SharedRuntime();
        current = runtime;
      }
      holders++;
      return runtime;
    }
  }

  /** Gives a share back. Tasks that were accepted before still run. */
  public void release() {
    synchronized (LOCK) {
      if (--holders > 0) {
        return;
      }
      current = null;
    }
    completions.close();
    scheduler.shutdown();
    callbacks.shutdown();
    sockets.shutdown();
    OkHttpClient client = okHttpIfMade();
    if (client != null) {
      client.connectionPool().evictAll();
    }
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  /** Runs each task on a thread of its own, kept for a while: never the loop, never a reader. */
  public Executor callbacks() {
    return callbacks;
  }

  /** Watches over the event loops of all clients. */
  LoopWatch loopWatch() {
    return loopWatch;
  }

  /** Runs completions of futures, on a few threads. */
  public Executor completions() {
    return completions;
  }

  ShutdownHook shutdownHook() {
    return shutdownHook;
  }

  /** Returns the OkHttp client for those that are given none. */
  public synchronized OkHttpClient okHttp() {
    if (okHttp == null) {
      Dispatcher dispatcher = new Dispatcher(sockets);
      // Every open WebSocket counts as a running call, for as long as it is open.
      dispatcher.setMaxRequests(Integer.MAX_VALUE);
      // All clients of a server post through it, and each bounds its own posts.
      dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
      okHttp = new OkHttpClient.Builder()
          .dispatcher(dispatcher)
          .connectionPool(new ConnectionPool())
          .build();
    }
    return okHttp;
  }

  private synchronized @Nullable OkHttpClient okHttpIfMade() {
    return okHttp;
  }

  private static ExecutorService pool(String name) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name)) {

      @Override
      public void execute(Runnable task) {
        super.execute(ThreadState.restoring(task));
      }
    };
  }

  /** A JVM never stays up because of this library. */
  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The real clock, and one thread for the loops of all clients. */
  private static final class LoopScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRuntime.class);

    private final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, daemons("agentcraft-loop"));
    private boolean closed;

    LoopScheduler() {
      executor.setRemoveOnCancelPolicy(true);
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public synchronized void execute(Runnable task) {
      requireOpen();
      executor.execute(guarded(task));
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
      requireOpen();
      Future<?> future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    /** Ends the thread behind the tasks that were accepted: they all run. Timers that are not due do not. */
    synchronized void shutdown() {
      closed = true;
      executor.execute(executor::shutdown);
    }

    private void requireOpen() {
      if (closed) {
        throw new RejectedExecutionException("The last client of this JVM is closed.");
      }
    }

    /** All clients share this thread: a task that throws must be logged, and must not end the thread. */
    private static Runnable guarded(Runnable task) {
      return ThreadState.restoring(() -> {
        try {
          task.run();
        } catch (Throwable bug) {
          LOG.error(
              "A task of the connection loop failed. This is a bug in the AgentCraft client.",
              LogText.loggable(bug));
        }
      });
    }
  }
}

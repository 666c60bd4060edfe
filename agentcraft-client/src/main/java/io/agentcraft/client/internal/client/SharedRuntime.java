package io.agentcraft.client.internal.client;

import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What all clients of the JVM share: the loop's thread, a pool for callbacks, and an {@link OkHttpClient} for those who
 * bring none. It is there while a client is open; the last one to close takes its threads along.
 */
public final class SharedRuntime {

  private static final Object LOCK = new Object();
  private static @Nullable SharedRuntime current;
  private static int holders;

  private final LoopScheduler scheduler = new LoopScheduler();
  private final ExecutorService callbacks = pool("agentcraft-callback");
  private final ExecutorService sockets = pool("agentcraft-socket");
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

  /** Gives a share back. Tasks handed over before still run. */
  public void release() {
    synchronized (LOCK) {
      if (--holders > 0) {
        return;
      }
      current = null;
    }
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

  /** Returns the client for those who bring none. */
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
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DaemonThreads(name));
  }
}

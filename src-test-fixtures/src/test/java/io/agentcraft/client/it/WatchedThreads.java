package io.agentcraft.client.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The threads of a caller's OkHttp client, and the exceptions that ended them. */
final class WatchedThreads implements AutoCloseable {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool(this::watched);

  /** Returns a builder of a client that runs its calls on these threads. */
  OkHttpClient.Builder okHttp() {
    return new OkHttpClient.Builder().dispatcher(new Dispatcher(executor));
  }

  /** Waits for the end of all threads, and so of all calls. */
  List<Throwable> uncaught() {
    executor.shutdown();
    // The pool's own wait can end before the handler is notified of the last thread.
    SdkThreads.awaitEnd(threads);
    return List.copyOf(uncaught);
  }

  private Thread watched(Runnable task) {
    Thread thread = new Thread(task, "watched-call");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, error) -> uncaught.add(error));
    threads.add(thread);
    return thread;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

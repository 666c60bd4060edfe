package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The threads of a caller's OkHttp client, and what they died of. */
public final class WatchedThreads implements AutoCloseable {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool(this::watched);

  /** Returns what makes a client that runs its calls on these threads. */
  public OkHttpClient.Builder okHttp() {
    return new OkHttpClient.Builder().dispatcher(new Dispatcher(executor));
  }

  /** Waits for the end of all threads, and so of all calls. */
  public List<Throwable> uncaught() {
    executor.shutdown();
    for (Thread thread : threads) {
      try {
        // Not the pool's own wait, which is over before the handler has heard of the last thread.
        thread.join(Await.PATIENCE.toMillis());
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
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

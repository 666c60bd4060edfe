package io.agentcraft.client.internal.client;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The threads that run something of one client's which closing waits for, and user code as part of it: whoever closes the
 * client there must not wait. May be used from any thread.
 */
final class OwnThreads implements Interceptor {

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Returns whether the calling thread is one of them. */
  boolean isCurrent() {
    return running.contains(Thread.currentThread());
  }

  void run(Runnable task) {
    boolean outermost = running.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      if (outermost) {
        running.remove(Thread.currentThread());
      }
    }
  }

  /** Covers the interceptors and all else of a caller's {@code OkHttpClient} that a call runs on its thread. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    boolean outermost = running.add(Thread.currentThread());
    try {
      return chain.proceed(chain.request());
    } finally {
      if (outermost) {
        running.remove(Thread.currentThread());
      }
    }
  }
}

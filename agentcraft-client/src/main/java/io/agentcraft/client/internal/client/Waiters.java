package io.agentcraft.client.internal.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Futures that wait for the same event. One that its caller cancels is not kept. May be used from any thread. */
final class Waiters<T> {

  private final Set<CompletableFuture<T>> waiting = new LinkedHashSet<>();

  void add(CompletableFuture<T> future) {
    synchronized (this) {
      waiting.add(future);
    }
    CompletableFuture<?> unused = future.whenComplete((value, error) -> remove(future));
  }

  /** Ends all of them, each in a task of its own: what depends on one may wait for another. */
  void endAll(Executor completions, Consumer<CompletableFuture<T>> end) {
    takeAll().forEach(future -> completions.execute(() -> end.accept(future)));
  }

  private synchronized List<CompletableFuture<T>> takeAll() {
    List<CompletableFuture<T>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  @SuppressWarnings("CollectionUndefinedEquality") // the very future is meant
  private synchronized void remove(CompletableFuture<T> future) {
    waiting.remove(future);
  }
}

package io.agentcraft.client.langchain4j;

import dev.langchain4j.agentic.scope.AgenticScope;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open runs of each scope. The framework does not always say that a run has ended, so they are few, and forgotten with
 * their scope. Safe for use by any number of threads.
 */
final class Runs {

  static final int MAX_SCOPES = 10_000;
  /** Of one scope: several threads may use a scope that was made for a memory id. */
  static final int MAX_OF_SCOPE = 16;

  private final ReferenceQueue<AgenticScope> collected = new ReferenceQueue<>();
  // Guarded by this. The newest run of a scope comes first.
  private final Map<Key, Deque<Run>> byScope = new LinkedHashMap<>();

  /** A scope by its identity: others may have the same memory id. */
  private static final class Key extends WeakReference<AgenticScope> {

    private final int hash;

    Key(AgenticScope scope, @Nullable ReferenceQueue<AgenticScope> queue) {
      super(scope, queue);
      this.hash = System.identityHashCode(scope);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      AgenticScope scope = get();
      return scope != null && other instanceof Key key && key.get() == scope;
    }
  }

  void add(AgenticScope scope, Run run) {
    List<Run> lost = new ArrayList<>();
    List<Run> forgotten = new ArrayList<>();
    synchronized (this) {
      takeCollected(lost);
      Deque<Run> runs =
          byScope.computeIfAbsent(new Key(scope, collected), added -> new ArrayDeque<>(1));
      runs.addFirst(run);
      if (runs.size() > MAX_OF_SCOPE) {
        forgotten.add(runs.removeLast());
      }
      if (byScope.size() > MAX_SCOPES) {
        Iterator<Deque<Run>> eldest = byScope.values().iterator();
        forgotten.addAll(eldest.next());
        eldest.remove();
      }
    }
    lost.forEach(Run::lost);
    forgotten.forEach(Run::forget);
  }

  synchronized void remove(AgenticScope scope, Run run) {
    Key key = new Key(scope, null);
    Deque<Run> runs = byScope.get(key);
    if (runs != null && runs.remove(run) && runs.isEmpty()) {
      byScope.remove(key);
    }
  }

  /** Returns the runs of a scope, the newest one first. */
  synchronized List<Run> of(AgenticScope scope) {
    Deque<Run> runs = byScope.get(new Key(scope, null));
    return runs == null ? List.of() : List.copyOf(runs);
  }

  /** A scope is gone. */
  void remove(AgenticScope scope) {
    List<Run> lost = new ArrayList<>();
    synchronized (this) {
      takeCollected(lost);
      Deque<Run> runs = byScope.remove(new Key(scope, null));
      if (runs != null) {
        lost.addAll(runs);
      }
    }
    lost.forEach(Run::lost);
  }

  /** Returns of how many scopes there are runs. */
  synchronized int scopes() {
    return byScope.size();
  }

  private void takeCollected(List<Run> lost) {
    Reference<? extends AgenticScope> key;
    while ((key = collected.poll()) != null) {
      Deque<Run> runs = byScope.remove(key);
      if (runs != null) {
        lost.addAll(runs);
      }
    }
  }
}

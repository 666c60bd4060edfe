package io.agentcraft.client.publish;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that threads work on, innermost first. A thread has an entry only while a scope is open on it, so that a thread
 * that outlives the work, as that of a pool does, holds no task afterwards.
 */
final class CurrentTask implements AgentTask.Scope {

  /**
   * Not inheritable: a thread of a pool would have the task of whoever made the pool grow, for as long as the thread lives.
   */
  private static final ThreadLocal<@Nullable CurrentTask> INNERMOST = new ThreadLocal<>();

  private final @Nullable CurrentTask outer;
  /** {@code null} once closed, perhaps by another thread. */
  private volatile @Nullable AgentTask task;

  private CurrentTask(AgentTask task, @Nullable CurrentTask outer) {
    this.task = task;
    this.outer = outer;
  }

  static AgentTask.Scope enter(AgentTask task) {
    CurrentTask scope = new CurrentTask(Objects.requireNonNull(task, "task"), innermostOpen());
    INNERMOST.set(scope);
    return scope;
  }

  /** Returns the calling thread's task; {@code null} if it has none. */
  static @Nullable AgentTask get() {
    CurrentTask innermost = innermostOpen();
    return innermost == null ? null : innermost.task;
  }

  @Override
  public void close() {
    task = null;
    CurrentTask unused = innermostOpen();
  }

  /** Leaves the scopes that were closed. They need not be closed in order. */
  private static @Nullable CurrentTask innermostOpen() {
    CurrentTask innermost = INNERMOST.get();
    CurrentTask open = innermost;
    while (open != null && open.task == null) {
      open = open.outer;
    }
    if (open == null) {
      INNERMOST.remove();
    } else if (open != innermost) {
      INNERMOST.set(open);
    }
    return open;
  }
}

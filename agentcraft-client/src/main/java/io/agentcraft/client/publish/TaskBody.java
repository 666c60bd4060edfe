package io.agentcraft.client.publish;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work for {@link AgentPublisher#call}.
 *
 * @param <T> what the work results in
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface TaskBody<T extends @Nullable Object, X extends Exception> {

  /**
   * Does the work.
   *
   * @param task reports progress; completed or failed by the caller of this method
   * @return the result
   * @throws X if the work fails
   */
  T run(AgentTask task) throws X;
}

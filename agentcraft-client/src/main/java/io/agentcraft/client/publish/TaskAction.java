package io.agentcraft.client.publish;

/**
 * A piece of work for {@link AgentPublisher#run}.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface TaskAction<X extends Exception> {

  /**
   * Does the work.
   *
   * @param task reports progress; completed or failed by the caller of this method
   * @throws X if the work fails
   */
  void run(AgentTask task) throws X;
}

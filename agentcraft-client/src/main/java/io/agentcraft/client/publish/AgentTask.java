package io.agentcraft.client.publish;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A task of an agent. Like a transaction, it fails unless it is completed explicitly:
 *
 * <pre>{@code
 * try (AgentTask task = agent.task("Index the repository")) {
 *     task.progress(40, "17 of 40 chunks");
 *     task.complete("40 chunks indexed");
 * }
 * }</pre>
 *
 * <p>If the block throws, {@link #close()} publishes ERROR. It does not have access to the exception: to publish the
 * exception's message, call {@link #fail(Throwable)} or use {@link AgentPublisher#call}, which does all of this.
 *
 * <p>An agent may have several open tasks, nested or concurrent, on any threads. While other tasks are open, the end of a
 * task is published as PROCESSING; only the end of the last one is published as COMPLETED or ERROR. Once a task has ended,
 * every method publishes nothing and returns the future of the update that ended it.
 */
@SuppressWarnings("exports") // CanIgnoreReturnValue: callers compile without its module
public interface AgentTask extends AutoCloseable {

  /**
   * Publishes PROCESSING.
   *
   * @param percent the progress of the task, 0 to 100
   * @param message a description of the current step
   * @return the receipt of the update
   * @throws IllegalArgumentException if the percentage is outside 0 to 100, or {@code NaN}
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> progress(double percent, String message);

  /**
   * Publishes COLLABORATING. Over HTTP, where the server accepts any message type, an {@code agent_collaboration} message of
   * type {@code handoff} is sent first. The update is not replaced by newer ones.
   *
   * @param otherAgent the name of the agent that takes over
   * @param reason the reason for the handoff
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> handOff(String otherAgent, String reason);

  /**
   * Ends the task successfully and publishes COMPLETED.
   *
   * @param message a description of the outcome
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> complete(String message);

  /**
   * Ends the task as failed and publishes ERROR with the exception's message, or with its type if it has no message.
   *
   * @param error the exception
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> fail(Throwable error);

  /** Publishes ERROR if the task was neither completed nor failed. Does not block. */
  @Override
  void close();

  /**
   * Code that runs as a task and returns a result; see {@link AgentPublisher#call}.
   *
   * @param <T> the type of the result
   * @param <X> the type of exception that the code may throw
   */
  @FunctionalInterface
  interface Body<T extends @Nullable Object, X extends Exception> {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @return the result
     * @throws X if the task fails
     */
    T run(AgentTask task) throws X;
  }

  /**
   * Code that runs as a task and returns nothing; see {@link AgentPublisher#run}.
   *
   * @param <X> the type of exception that the code may throw
   */
  @FunctionalInterface
  interface Action<X extends Exception> {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @throws X if the task fails
     */
    void run(AgentTask task) throws X;
  }
}

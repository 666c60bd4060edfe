package io.agentcraft.client.publish;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One agent at work on one task: a run with an id and an end of its own. It is a session of that one agent ({@link
 * AgentPublisher#task}), or an agent's part of a crew's session ({@link SessionPublisher#agent}). Like a transaction, it has
 * failed unless it is completed explicitly:
 *
 * <pre>{@code
 * try (AgentTask task = agent.task("Index the repository")) {
 *     task.step("Reading the folder");
 *     task.progress(17, 40, "17 of 40 chunks");
 *     task.complete("40 chunks indexed");
 * }
 * }</pre>
 *
 * <p>If the block throws, {@link #close()} publishes ERROR. It does not have access to the exception: to publish the
 * exception's message, call {@link #fail(Throwable)} or use {@link AgentPublisher#call(String, Body)}, which does all of this.
 *
 * <p>An agent may have any number of runs at once, nested or concurrent, on any threads; whatever becomes of the others, each
 * is published with its own end. Once a run has ended, every method publishes nothing and returns the future of its end.
 *
 * <p>No method throws because of what it is given: a {@code null} text is empty, a percentage is clamped to 0 to 100, {@code
 * NaN} leaves the progress unchanged, and texts that are too long are cut. Methods without a percentage leave the progress
 * unchanged.
 */
@SuppressWarnings("exports") // CanIgnoreReturnValue: callers compile without its module
public interface AgentTask extends AutoCloseable {

  /**
   * Returns the task that the calling thread works on, so that code deep inside can publish what it does: that of the
   * innermost {@link AgentPublisher#call} or {@link AgentPublisher#run} whose code runs on this thread, or of the innermost
   * {@link #makeCurrent()}.
   *
   * <pre>{@code
   * AgentTask.current().ifPresent(task -> task.toolStarted("grep", "the logs"));
   * }</pre>
   *
   * <p>Other threads do not inherit it, for a thread of a pool would keep the task of whoever had it started. Give it to them
   * with {@link #wrap(Runnable)}, {@link #wrap(Callable)} or {@link #wrap(Executor)}.
   *
   * @return the task; empty if the thread works on none
   */
  static Optional<AgentTask> current() {
    return Optional.ofNullable(CurrentTask.get());
  }

  /**
   * Makes this the {@linkplain #current() current} task of the calling thread, until the scope is closed:
   *
   * <pre>{@code
   * try (AgentTask task = agent.task("Index"); var scope = task.makeCurrent()) {
   *     index(files);
   *     task.complete("Indexed");
   * }
   * }</pre>
   *
   * <p>The scope does not end the task, and the end of the task does not close the scope.
   *
   * @return the scope, to be closed on the same thread
   */
  default Scope makeCurrent() {
    return CurrentTask.enter(this);
  }

  /**
   * Returns code for another thread, on which this is the {@linkplain #current() current} task while the code runs.
   *
   * @param code the code
   * @return code that does the same
   */
  @SuppressWarnings("try") // the scope only has to be closed
  default Runnable wrap(Runnable code) {
    Objects.requireNonNull(code, "code");
    return () -> {
      try (Scope scope = makeCurrent()) {
        code.run();
      }
    };
  }

  /**
   * Returns code for another thread, on which this is the {@linkplain #current() current} task while the code runs.
   *
   * @param code the code
   * @param <V> the type of its result
   * @return code that does the same
   */
  @SuppressWarnings("try") // the scope only has to be closed
  default <V extends @Nullable Object> Callable<V> wrap(Callable<V> code) {
    Objects.requireNonNull(code, "code");
    return () -> {
      try (Scope scope = makeCurrent()) {
        return code.call();
      }
    };
  }

  /**
   * Returns an executor that gives this task to what it executes, for {@code CompletableFuture.supplyAsync(…, executor)} and
   * frameworks that are given an executor.
   *
   * @param executor runs the code
   * @return an executor that runs code there, with this as the {@linkplain #current() current} task
   */
  default Executor wrap(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return code -> executor.execute(wrap(code));
  }

  /**
   * Returns the id of the session that this run is, or is a part of.
   *
   * @return the id
   */
  String sessionId();

  /**
   * Publishes ANALYZING.
   *
   * @param text what the agent thinks about
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> thinking(@Nullable String text);

  /**
   * Publishes PROCESSING.
   *
   * @param text a description of the current step
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> step(@Nullable String text);

  /**
   * Publishes PROCESSING.
   *
   * @param percent the progress of the task, 0 to 100
   * @param text a description of the current step
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> progress(double percent, @Nullable String text);

  /**
   * Publishes PROCESSING.
   *
   * @param done how much is done
   * @param total how much there is to do; without a positive total the progress stays unchanged
   * @param text a description of the current step
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> progress(long done, long total, @Nullable String text);

  /**
   * Publishes PROCESSING, with the tool in the agent's details. The task that was published last stays.
   *
   * @param name the tool's name
   * @param text what it is used for
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> toolStarted(@Nullable String name, @Nullable String text);

  /**
   * Publishes PROCESSING, with what came of the tool in the agent's details.
   *
   * @param name the tool's name
   * @param text what came of it
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> toolEnded(@Nullable String name, @Nullable String text);

  /**
   * Publishes PROCESSING, with the tool's failure in the agent's details. The run goes on.
   *
   * @param name the tool's name
   * @param cause why it failed
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> toolFailed(@Nullable String name, @Nullable Throwable cause);

  /**
   * Publishes COLLABORATING: the agent waits for a person.
   *
   * @param text what it waits for
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> waiting(@Nullable String text);

  /**
   * Publishes COLLABORATING. Over HTTP, where the server accepts any message type, an {@code agent_collaboration} message of
   * type {@code handoff} is sent first. The update is not replaced by newer ones.
   *
   * @param otherAgent the name of the agent that takes over
   * @param reason the reason for the handoff
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> handOff(@Nullable String otherAgent, @Nullable String reason);

  /**
   * Publishes a line of the agent's log, as output of the session.
   *
   * @param level the level, for example {@code WARNING}; the type of the output, in lower case
   * @param text the line
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> log(@Nullable String level, @Nullable String text);

  /**
   * Publishes output of the agent, as {@link SessionPublisher#output(String)} does for the crew.
   *
   * @param text the output
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> output(@Nullable String text);

  /**
   * Ends the run successfully and publishes COMPLETED.
   *
   * @param text a description of the outcome
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> complete(@Nullable String text);

  /**
   * Ends the run as failed and publishes ERROR with the message of the exception's root cause, or with its type if it has no
   * message. A {@link java.util.concurrent.CancellationException} {@linkplain #cancel cancels} the run. So does an exception
   * that comes from an interrupt: an {@link InterruptedException}, alone or as the cause of another exception, or what
   * blocking input or output throws when its thread is interrupted.
   *
   * @param error the exception
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> fail(@Nullable Throwable error);

  /**
   * Ends the run as cancelled, which is no failure: it is published as COMPLETED, with {@code Cancelled: …} as its message.
   *
   * @param reason why it was cancelled
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> cancel(@Nullable String reason);

  /** Publishes ERROR if the run has not ended. Does not block. */
  @Override
  void close();

  /** For how long a task is the current one of a thread; see {@link #makeCurrent()}. */
  interface Scope extends AutoCloseable {

    /** Makes the task that was current before the current one again. May be called any number of times. */
    @Override
    void close();
  }

  /**
   * Code that runs as a task, returns a result, and may throw any exception; see {@link
   * AgentPublisher#call(String, AnyBody)}.
   *
   * @param <T> the type of the result
   */
  @FunctionalInterface
  interface AnyBody<T extends @Nullable Object> {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @return the result
     * @throws Exception if the task fails
     */
    T run(AgentTask task) throws Exception;
  }

  /**
   * Code that runs as a task and returns a result; see {@link AgentPublisher#call(String, Body)}.
   *
   * @param <T> the type of the result
   * @param <X> the type of exception that the code may throw
   */
  @FunctionalInterface
  interface Body<T extends @Nullable Object, X extends Exception> extends AnyBody<T> {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @return the result
     * @throws X if the task fails
     */
    @Override
    T run(AgentTask task) throws X;
  }

  /**
   * Code that runs as a task, returns nothing, and may throw any exception; see {@link AgentPublisher#run(String, AnyAction)}.
   */
  @FunctionalInterface
  interface AnyAction {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @throws Exception if the task fails
     */
    void run(AgentTask task) throws Exception;
  }

  /**
   * Code that runs as a task and returns nothing; see {@link AgentPublisher#run(String, Action)}.
   *
   * @param <X> the type of exception that the code may throw
   */
  @FunctionalInterface
  interface Action<X extends Exception> extends AnyAction {

    /**
     * Runs the code.
     *
     * @param task the task, for reporting progress; the caller of this method completes it or marks it as failed
     * @throws X if the task fails
     */
    @Override
    void run(AgentTask task) throws X;
  }
}

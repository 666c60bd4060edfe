package io.agentcraft.client.publish;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one agent's status. Get one with {@code client.agent(id, name)}; safe for use by any number of threads. Several
 * publishers of one client may publish for the same agent, in the order of their calls.
 *
 * <p>What an agent does is a <em>run</em>: a session of that one agent, with an id and one end. The methods for statuses work
 * on a run that begins with the first status that is not IDLE, and ends with COMPLETED or ERROR; the next status begins
 * another one. Methods that leave the progress unchanged repeat what was last published in this run. {@link #task} starts a
 * run of its own, of which an agent may have any number at once.
 *
 * <p>No method blocks, and none throws because of the network or of what it is given: {@code null} is an empty text, a
 * percentage is clamped to 0 to 100, and {@code NaN} leaves it unchanged; texts that are too long are cut, as {@code
 * publishTextLimit(…)} says, and what JSON cannot hold is told as text. The first time that something is changed, the client
 * logs a warning. The returned future completes with a {@link PublishReceipt} on a thread of the SDK. It fails with
 * {@link PublishFailedException} if the server refused the update, never confirmed it or, over HTTP, could not be reached;
 * {@link ConnectionFailedException} if the update could only have gone over the WebSocket and the client gave up connecting;
 * and {@link ClientClosedException} if the client was closed first. It is always done by
 * the time the client is closed. If you do not need to know the outcome, ignore the future.
 */
@SuppressWarnings("exports") // CanIgnoreReturnValue: callers compile without its module
public interface AgentPublisher {

  /**
   * Returns the agent's id.
   *
   * @return the id
   */
  String id();

  /**
   * Returns the agent's name.
   *
   * @return the name
   */
  String name();

  /**
   * Publishes IDLE, with progress 0.
   *
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> idle();

  /**
   * Publishes ANALYZING. The progress stays unchanged.
   *
   * @param message a description of the work
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> analyzing(@Nullable String message);

  /**
   * Publishes PROCESSING.
   *
   * @param percent the progress, 0 to 100
   * @param message a description of the work
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> processing(double percent, @Nullable String message);

  /**
   * Publishes COLLABORATING. The progress stays unchanged.
   *
   * @param message a description of the work
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> collaborating(@Nullable String message);

  /**
   * Publishes COMPLETED, with progress 100. This is a final status: it is sent ahead of other updates and is not replaced by
   * newer ones. If more than 32 final statuses of one agent are waiting, the oldest is dropped.
   *
   * @param message a description of the outcome
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> completed(@Nullable String message);

  /**
   * Publishes ERROR. The progress stays unchanged. This is a final status: it is sent ahead of other updates and is not
   * replaced by newer ones. If more than 32 final statuses of one agent are waiting, the oldest is dropped.
   *
   * @param message a description of the failure
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> error(@Nullable String message);

  /**
   * Publishes an update as it is, except for a progress that is no percentage, and texts that are too long or that JSON
   * cannot hold.
   *
   * @param update the update, with this agent's id
   * @return the receipt of the update
   * @throws IllegalArgumentException if the update is for another agent
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update);

  /**
   * Returns a publisher for the same agent that adds a metadata entry to every update it builds.
   *
   * @param key the entry's name, for example {@code task_id}
   * @param value text, a {@code Number}, {@code Boolean}, {@code Collection}, {@code Map} or {@code null}; anything else is
   *     told as its {@code toString()}
   * @return a new publisher; this one is not changed
   */
  AgentPublisher withMetadata(String key, @Nullable Object value);

  /**
   * Starts a run of its own and publishes PROCESSING at 0 percent. Use it in try-with-resources, with {@link
   * AgentTask#complete(String)} as the last statement of the block.
   *
   * @param title a description of the task
   * @return the task, to be closed
   */
  AgentTask task(@Nullable String title);

  /**
   * Runs code as a task on the calling thread, of which it is the {@linkplain AgentTask#current() current} task. Publishes COMPLETED with the title when the code returns, or ERROR with the
   * message of the exception's root cause when it throws. When it was interrupted or throws a {@link
   * java.util.concurrent.CancellationException}, the task is cancelled; see {@link AgentTask#fail}.
   *
   * @param title a description of the task
   * @param body the code to run
   * @param <T> the type of the result
   * @param <X> the type of exception that the code may throw
   * @return the result of the code
   * @throws X if the code throws it
   */
  @SuppressWarnings("overloads") // a Body is an AnyBody, so this method is the more specific one
  <T extends @Nullable Object, X extends Exception> T call(
      @Nullable String title, AgentTask.Body<T, X> body) throws X;

  /**
   * Runs code that may throw any exception as a task, like {@link #call(String, AgentTask.Body)}, which a lambda in Java always
   * means. This method is for languages that do not infer the type of the exception: in Kotlin, {@code agent.call("t") { … }}
   * means this one. The title is not {@code null}, by which Kotlin prefers it.
   *
   * @param title a description of the task
   * @param body the code to run
   * @param <T> the type of the result
   * @return the result of the code
   * @throws Exception what the code throws
   */
  @SuppressWarnings(
      "overloads") // a Body is an AnyBody, so the other method is the more specific one
  default <T extends @Nullable Object> T call(String title, AgentTask.AnyBody<T> body)
      throws Exception {
    AgentTask.Body<T, Exception> precise = body::run;
    return call(title, precise);
  }

  /**
   * Runs code that returns nothing as a task, like {@link #call(String, AgentTask.Body)}.
   *
   * @param title a description of the task
   * @param action the code to run
   * @param <X> the type of exception that the code may throw
   * @throws X if the code throws it
   */
  @SuppressWarnings(
      "overloads") // an Action is an AnyAction, so this method is the more specific one
  default <X extends Exception> void run(@Nullable String title, AgentTask.Action<X> action)
      throws X {
    AgentTask.Body<String, X> body = task -> {
      action.run(task);
      return "";
    };
    call(title, body);
  }

  /**
   * Runs code that returns nothing and may throw any exception as a task, like {@link #run(String, AgentTask.Action)}, which
   * a lambda in Java always means. In Kotlin, {@code agent.run("t") { … }} means this one.
   *
   * @param title a description of the task
   * @param action the code to run
   * @throws Exception what the code throws
   */
  @SuppressWarnings(
      "overloads") // an Action is an AnyAction, so the other method is the more specific one
  default void run(@Nullable String title, AgentTask.AnyAction action) throws Exception {
    AgentTask.Action<Exception> precise = action::run;
    run(title, precise);
  }
}

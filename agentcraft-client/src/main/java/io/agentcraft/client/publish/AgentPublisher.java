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
 * publishers of one client may publish for the same agent, in the order of their calls. Methods that leave the progress
 * unchanged repeat the progress that was last published by this publisher or by one that is derived from the same publisher
 * with {@link #withMetadata}.
 *
 * <p>No method blocks. The returned future completes with a {@link PublishReceipt} on a thread of the SDK. It fails with
 * {@link PublishFailedException} if the server refused the update or never confirmed it, {@link ConnectionFailedException}
 * if the client gave up connecting, and {@link ClientClosedException} if the client was closed first. It is always done by
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
  CompletableFuture<PublishReceipt> analyzing(String message);

  /**
   * Publishes PROCESSING.
   *
   * @param percent the progress, 0 to 100
   * @param message a description of the work
   * @return the receipt of the update
   * @throws IllegalArgumentException if the percentage is outside 0 to 100, or {@code NaN}
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> processing(double percent, String message);

  /**
   * Publishes COLLABORATING. The progress stays unchanged.
   *
   * @param message a description of the work
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> collaborating(String message);

  /**
   * Publishes COMPLETED, with progress 100. This is a final status: it is sent ahead of other updates and is not replaced by
   * newer ones. If more than 32 final statuses of one agent are waiting, the oldest is dropped.
   *
   * @param message a description of the outcome
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> completed(String message);

  /**
   * Publishes ERROR. The progress stays unchanged. This is a final status: it is sent ahead of other updates and is not
   * replaced by newer ones. If more than 32 final statuses of one agent are waiting, the oldest is dropped.
   *
   * @param message a description of the failure
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> error(String message);

  /**
   * Publishes an update unchanged.
   *
   * @param update the update, with this agent's id
   * @return the receipt of the update
   * @throws IllegalArgumentException if the update is for another agent, its progress is outside 0 to 100 or {@code NaN},
   *     or it contains something that cannot be written as JSON
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update);

  /**
   * Returns a publisher for the same agent that adds a metadata entry to every update it builds.
   *
   * @param key the entry's name, for example {@code task_id}
   * @param value text, a {@code Number}, {@code Boolean}, {@code List}, {@code Map} or {@code null}
   * @return a new publisher; this one is not changed
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  AgentPublisher withMetadata(String key, @Nullable Object value);

  /**
   * Starts a task and publishes PROCESSING at 0 percent. Use it in try-with-resources, with {@link
   * AgentTask#complete(String)} as the last statement of the block.
   *
   * @param title a description of the task
   * @return the task, to be closed
   */
  AgentTask task(String title);

  /**
   * Runs code as a task on the calling thread. Publishes COMPLETED with the title when the code returns, or ERROR with the
   * exception's message when it throws.
   *
   * @param title a description of the task
   * @param body the code to run
   * @param <T> the type of the result
   * @param <X> the type of exception that the code may throw
   * @return the result of the code
   * @throws X if the code throws it
   */
  <T extends @Nullable Object, X extends Exception> T call(String title, AgentTask.Body<T, X> body)
      throws X;

  /**
   * Runs code that returns nothing as a task, like {@link #call}.
   *
   * @param title a description of the task
   * @param action the code to run
   * @param <X> the type of exception that the code may throw
   * @throws X if the code throws it
   */
  default <X extends Exception> void run(String title, AgentTask.Action<X> action) throws X {
    call(title, task -> {
      action.run(task);
      return title;
    });
  }
}

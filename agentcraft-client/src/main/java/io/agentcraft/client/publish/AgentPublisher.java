package io.agentcraft.client.publish;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for one agent. Made by {@code client.agent(id, name)}; safe for use by any number of threads. Several publishers
 * of one client with the same id speak for the same agent, in the order of their calls; "progress stays where it was" is
 * what was last published by this publisher and those made of it with {@link #withMetadata}.
 *
 * <p>Every call returns at once. Its stage completes with a {@link PublishReceipt}, on a thread of the SDK's own; it
 * fails with {@link PublishFailedException} when the server refused the update or never confirmed it, {@link
 * ConnectionFailedException} when the client gave up, and {@link ClientClosedException} when it was closed first. It never
 * stays open longer than the client. Where only the last word matters, the stages can be ignored.
 */
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
   * The agent is not active; progress 0.
   *
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> idle();

  /**
   * The agent analyzes a query; progress stays where it was.
   *
   * @param message what it does, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> analyzing(String message);

  /**
   * The agent executes a task.
   *
   * @param percent how far it is, 0 to 100
   * @param message what it does, in words
   * @return what becomes of it
   * @throws IllegalArgumentException if the percentage is outside 0 to 100, or {@code NaN}
   */
  CompletionStage<PublishReceipt> processing(double percent, String message);

  /**
   * The agent works with another one; progress stays where it was.
   *
   * @param message what it does, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> collaborating(String message);

  /**
   * The agent has finished; progress 100. Final: it overtakes other updates, and no newer one replaces it (unless 32
   * such updates of one agent wait already: then the oldest gives way).
   *
   * @param message the outcome, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> completed(String message);

  /**
   * Something failed; progress stays where it was. Final: it overtakes other updates, and no newer one replaces it (unless 32
   * such updates of one agent wait already: then the oldest gives way).
   *
   * @param message what failed, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> error(String message);

  /**
   * Publishes an update as it is.
   *
   * @param update the update, for this agent's id
   * @return what becomes of it
   * @throws IllegalArgumentException if it is for another agent, its progress is outside 0 to 100 or {@code NaN}, or it
   *     holds something that JSON cannot
   */
  CompletionStage<PublishReceipt> publish(AgentStatusUpdate update);

  /**
   * Returns a publisher for the same agent that adds an entry of metadata to everything it publishes.
   *
   * @param key the entry's name, for example {@code task_id}
   * @param value text, {@code Number}, {@code Boolean}, {@code List}, {@code Map} or {@code null}
   * @return another publisher; this one stays as it is
   * @throws IllegalArgumentException if the value is no JSON
   */
  AgentPublisher withMetadata(String key, @Nullable Object value);

  /**
   * Begins a piece of work: publishes PROCESSING at 0 percent. For use in try-with-resources, with {@link
   * AgentTask#complete(String)} as the block's last statement; see {@link AgentTask}.
   *
   * @param title what the work is, in words
   * @return the task, to be closed
   */
  AgentTask task(String title);

  /**
   * Does a piece of work as a task: COMPLETED with the title follows when the body returns, ERROR with the exception's message when it
   * throws.
   *
   * @param title what the work is, in words
   * @param body the work, done on the calling thread
   * @param <T> what the work results in
   * @param <X> what it may throw
   * @return what the body returned
   * @throws X what the body threw
   */
  <T extends @Nullable Object, X extends Exception> T call(String title, TaskBody<T, X> body)
      throws X;

  /**
   * Does a piece of work that results in nothing, like {@link #call}.
   *
   * @param title what the work is, in words
   * @param body the work, done on the calling thread
   * @param <X> what it may throw
   * @throws X what the body threw
   */
  default <X extends Exception> void run(String title, TaskAction<X> body) throws X {
    call(title, task -> {
      body.run(task);
      return title;
    });
  }
}

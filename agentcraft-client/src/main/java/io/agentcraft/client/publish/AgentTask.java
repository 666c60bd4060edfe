package io.agentcraft.client.publish;

import java.util.concurrent.CompletionStage;

/**
 * A piece of an agent's work. Like a transaction, it is completed by a call and fails without it:
 *
 * <pre>{@code
 * try (AgentTask task = agent.task("Index the repository")) {
 *     task.progress(40, "17 of 40 chunks");
 *     task.complete("40 chunks indexed");
 * }
 * }</pre>
 *
 * <p>When the block throws, {@link #close()} finds the task not completed and publishes ERROR. Java does not tell it the
 * exception: for the message, call {@link #fail(Throwable)}, or let {@link AgentPublisher#call} do all of it.
 *
 * <p>An agent may have several tasks open, nested or side by side, on any threads. While another one is open, the end of a
 * task is published as PROCESSING; only the end of the last is the agent's COMPLETED or ERROR. Every call after a task's
 * end changes nothing and returns the end's stage.
 */
public interface AgentTask extends AutoCloseable {

  /**
   * Publishes PROCESSING.
   *
   * @param percent how far the work is, 0 to 100
   * @param message what is being done, in words
   * @return what becomes of it
   * @throws IllegalArgumentException if the percentage is outside 0 to 100, or {@code NaN}
   */
  CompletionStage<PublishReceipt> progress(double percent, String message);

  /**
   * Publishes COLLABORATING; by HTTP, where the server takes any message, an {@code agent_collaboration} of type {@code
   * handoff} goes before it. Never dropped.
   *
   * @param otherAgent the name of the agent that takes over
   * @param reason why, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> handOff(String otherAgent, String reason);

  /**
   * Ends the task well: publishes COMPLETED.
   *
   * @param message the outcome, in words
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> complete(String message);

  /**
   * Ends the task badly: publishes ERROR with the exception's message, or its type if it has none.
   *
   * @param error what went wrong
   * @return what becomes of it
   */
  CompletionStage<PublishReceipt> fail(Throwable error);

  /** Ends the task if it was neither completed nor failed: publishes ERROR. Waits for nothing. */
  @Override
  void close();
}

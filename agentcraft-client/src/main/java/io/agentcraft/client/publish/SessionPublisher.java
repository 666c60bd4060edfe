package io.agentcraft.client.publish;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a session: a crew of agents that work on one query. Get one with {@code client.session(query)}. Like a
 * transaction, it has failed unless it is completed explicitly:
 *
 * <pre>{@code
 * try (SessionPublisher session = client.session("Why do webhooks fail?")) {
 *     AgentTask reader = session.agent("Reader");
 *     reader.step("Reading the logs");
 *     reader.complete("Read 2,113 lines");
 *     session.complete("The signature is checked twice");
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads. No method blocks, and none throws because of the network or of what it is
 * given: texts that are too long are cut, as {@code publishTextLimit(…)} says. Receipts are as for {@link AgentPublisher}.
 * While an update waits, a newer one of the same agent replaces it; the end is never replaced nor lost, and nothing follows
 * it: once the session has ended, every method publishes nothing and returns the future of its end.
 *
 * <p>While the session is open and nothing else is published, it is told again every 30 s, so that whoever connected
 * meanwhile sees it; see {@code publishReminder(…)}.
 */
@SuppressWarnings("exports") // CanIgnoreReturnValue: callers compile without its module
public interface SessionPublisher extends AutoCloseable {

  /**
   * Returns the session's id.
   *
   * @return the id
   */
  String id();

  /**
   * Returns what the session works on.
   *
   * @return the query
   */
  String query();

  /**
   * Returns the agent with this name, whose id is the name. It is new at the first call, and IDLE.
   *
   * @param name the agent's name, as people see it
   * @return the agent's part of the session; the same again for the same name
   * @throws IllegalArgumentException if the name is empty
   */
  default AgentTask agent(String name) {
    return agent(name, name);
  }

  /**
   * Returns the agent with this id. It is new at the first call, and IDLE.
   *
   * @param id the agent's id
   * @param name the agent's name, as people see it
   * @return the agent's part of the session; the same again for the same id
   * @throws IllegalArgumentException if the id is empty
   */
  AgentTask agent(String id, String name);

  /**
   * Publishes an update of an agent of the session as it is, except for a progress that is no percentage, and texts that are
   * too long or that JSON cannot hold. The agent is new at its first update; COMPLETED and ERROR are its end.
   *
   * @param update the update. A server of the deployed form does not get its metadata
   * @return the receipt of the update
   * @throws IllegalArgumentException if the agent's id is empty
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update);

  /**
   * Publishes the phase that the session has entered.
   *
   * @param phase the phase in your words
   * @return the receipt of the update
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> phase(@Nullable String phase);

  /**
   * Publishes output of the crew, of the type {@code output}.
   *
   * @param text the output
   * @return the receipt of the update. One that is superseded is told with the update that took its place
   */
  @CanIgnoreReturnValue
  default CompletableFuture<PublishReceipt> output(@Nullable String text) {
    return output("output", text, null);
  }

  /**
   * Publishes output of the crew. The newest 50 outputs of a session are kept.
   *
   * @param type what kind of output it is, for example {@code thought}
   * @param text the output
   * @param agentName the name of the agent that it comes from; {@code null} for the crew as a whole
   * @return the receipt of the update. One that is superseded is told with the update that took its place
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> output(
      @Nullable String type, @Nullable String text, @Nullable String agentName);

  /**
   * Ends the session successfully. Agents that are still at work are COMPLETED too.
   *
   * @param result the outcome
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> complete(@Nullable String result);

  /**
   * Ends the session as failed, with the message of the exception's root cause. Agents that are still at work have the status
   * ERROR then. An {@link InterruptedException} or a {@link java.util.concurrent.CancellationException} {@linkplain #cancel
   * cancels} the session.
   *
   * @param error the exception
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> fail(@Nullable Throwable error);

  /**
   * Ends the session as cancelled, which is no failure: it is told as completed, with the result {@code Cancelled: …}.
   *
   * @param reason why it was cancelled
   * @return the receipt of the end
   */
  @CanIgnoreReturnValue
  CompletableFuture<PublishReceipt> cancel(@Nullable String reason);

  /** Ends the session as failed if it has not ended. Does not block. */
  @Override
  void close();
}

package io.agentcraft.client.internal.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An {@link AgentTask} that publishes through its agent's publisher. Safe for use by any number of threads. */
final class DefaultAgentTask implements AgentTask {

  private final DefaultAgentPublisher agent;
  private final OpenTasks openTasks;
  private final String title;
  private @Nullable CompletableFuture<PublishReceipt> end;

  /**
   * Counts the open tasks of each agent: only the end of the last one is the agent's end. The start and the end of a task are
   * published under the lock, so that updates have the order of the count. If publishing throws, the count does not change.
   * Safe for use by any number of threads.
   */
  static final class OpenTasks {

    private final Map<String, Integer> open = new HashMap<>();

    synchronized void start(String agentId, Runnable publish) {
      publish.run();
      open.merge(agentId, 1, Integer::sum);
    }

    /** Ends a task, and publishes it as the agent's last one or as one of several. */
    synchronized <T> T end(String agentId, Supplier<T> asLast, Supplier<T> asOneOfSeveral) {
      boolean last = open.getOrDefault(agentId, 1) == 1;
      T published = last ? asLast.get() : asOneOfSeveral.get();
      open.computeIfPresent(agentId, (id, count) -> count == 1 ? null : count - 1);
      return published;
    }
  }

  DefaultAgentTask(DefaultAgentPublisher agent, OpenTasks openTasks, String title) {
    this.agent = agent;
    this.openTasks = openTasks;
    this.title = Objects.requireNonNull(title, "title");
    openTasks.start(agent.id(), () -> {
      CompletableFuture<PublishReceipt> unused = agent.publish(AgentStatus.PROCESSING, 0, title);
    });
  }

  @Override
  public synchronized CompletableFuture<PublishReceipt> progress(double percent, String message) {
    return end != null ? end : agent.publish(AgentStatus.PROCESSING, percent, message);
  }

  @Override
  public synchronized CompletableFuture<PublishReceipt> handOff(String otherAgent, String reason) {
    return end != null ? end : agent.handOff(otherAgent, reason);
  }

  @Override
  public CompletableFuture<PublishReceipt> complete(String message) {
    Objects.requireNonNull(message, "message");
    return end(
        () -> agent.publish(AgentStatus.COMPLETED, 100, message),
        () -> agent.publish(AgentStatus.PROCESSING, agent.progress(), message));
  }

  @Override
  public CompletableFuture<PublishReceipt> fail(Throwable error) {
    String why = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    // The caller did not write the message: an unpaired surrogate in it must not hide the error.
    return fail(new String(why.getBytes(UTF_8), UTF_8));
  }

  @Override
  public void close() {
    CompletableFuture<PublishReceipt> unused = fail(title + " was ended before it was completed");
  }

  private CompletableFuture<PublishReceipt> fail(String why) {
    return end(
        () -> agent.publish(AgentStatus.ERROR, agent.progress(), why),
        () -> agent.publish(AgentStatus.PROCESSING, agent.progress(), why));
  }

  private synchronized CompletableFuture<PublishReceipt> end(
      Supplier<CompletableFuture<PublishReceipt>> asLast,
      Supplier<CompletableFuture<PublishReceipt>> asOneOfSeveral) {
    CompletableFuture<PublishReceipt> ended = end;
    if (ended == null) {
      ended = openTasks.end(agent.id(), asLast, asOneOfSeveral);
      end = ended;
    }
    return ended;
  }
}

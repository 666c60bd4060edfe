package io.agentcraft.client.internal.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An {@link AgentTask} that speaks through its agent's publisher. Safe for use by any number of threads. */
final class DefaultAgentTask implements AgentTask {

  private final DefaultAgentPublisher agent;
  private final OpenTasks openTasks;
  private final String title;
  private @Nullable CompletableFuture<PublishReceipt> end;

  DefaultAgentTask(DefaultAgentPublisher agent, OpenTasks openTasks, String title) {
    this.agent = agent;
    this.openTasks = openTasks;
    this.title = Objects.requireNonNull(title, "title");
    openTasks.begin(agent.id(), () -> {
      CompletableFuture<PublishReceipt> unused = agent.status(AgentStatus.PROCESSING, 0, title);
    });
  }

  @Override
  public synchronized CompletableFuture<PublishReceipt> progress(double percent, String message) {
    return end != null ? end : agent.status(AgentStatus.PROCESSING, percent, message);
  }

  @Override
  public synchronized CompletableFuture<PublishReceipt> handOff(String otherAgent, String reason) {
    return end != null ? end : agent.handOff(otherAgent, reason);
  }

  @Override
  public CompletableFuture<PublishReceipt> complete(String message) {
    Objects.requireNonNull(message, "message");
    return end(
        () -> agent.status(AgentStatus.COMPLETED, 100, message),
        () -> agent.status(AgentStatus.PROCESSING, agent.percent(), message));
  }

  @Override
  public CompletableFuture<PublishReceipt> fail(Throwable error) {
    String why = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    // The message is not of the caller's making: half a character in it must not hide the error.
    return fail(new String(why.getBytes(UTF_8), UTF_8));
  }

  @Override
  public void close() {
    CompletableFuture<PublishReceipt> unused = fail(title + " was ended before it was completed");
  }

  private CompletableFuture<PublishReceipt> fail(String why) {
    return end(
        () -> agent.status(AgentStatus.ERROR, agent.percent(), why),
        () -> agent.status(AgentStatus.PROCESSING, agent.percent(), why));
  }

  private synchronized CompletableFuture<PublishReceipt> end(
      Supplier<CompletableFuture<PublishReceipt>> asLast,
      Supplier<CompletableFuture<PublishReceipt>> asOneOfMore) {
    CompletableFuture<PublishReceipt> ended = end;
    if (ended == null) {
      ended = openTasks.end(agent.id(), asLast, asOneOfMore);
      end = ended;
    }
    return ended;
  }
}

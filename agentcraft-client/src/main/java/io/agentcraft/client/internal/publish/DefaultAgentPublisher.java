package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.publish.PublishedRun.Step;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An {@link AgentPublisher} that makes what it is given publishable on the caller's thread. */
final class DefaultAgentPublisher implements AgentPublisher {

  private final Publishers publishers;
  private final String id;
  private final String name;
  private final Map<String, @Nullable Object> metadata;

  DefaultAgentPublisher(
      Publishers publishers, String id, String name, Map<String, @Nullable Object> metadata) {
    this.publishers = publishers;
    this.id = id;
    this.name = name;
    this.metadata = metadata;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<PublishReceipt> idle() {
    return publish(AgentStatus.IDLE, 0, "");
  }

  @Override
  public CompletableFuture<PublishReceipt> analyzing(@Nullable String message) {
    return publish(AgentStatus.ANALYZING, Double.NaN, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> processing(double percent, @Nullable String message) {
    return publish(AgentStatus.PROCESSING, publishers.cleaner().percent(percent), message);
  }

  @Override
  public CompletableFuture<PublishReceipt> collaborating(@Nullable String message) {
    return publish(AgentStatus.COLLABORATING, Double.NaN, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> completed(@Nullable String message) {
    return publish(AgentStatus.COMPLETED, 100, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> error(@Nullable String message) {
    return publish(AgentStatus.ERROR, Double.NaN, message);
  }

  /** Publishes a status; a progress of {@code NaN} leaves it unchanged. */
  private CompletableFuture<PublishReceipt> publish(
      AgentStatus status, double percent, @Nullable String message) {
    String text = publishers.cleaner().text(message);
    return publishers.publish(
        id,
        status,
        progress -> PublishedRun.update(
            id,
            name,
            status,
            Double.isNaN(percent) ? progress : percent,
            text,
            metadata,
            publishers.now()));
  }

  @Override
  public CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update) {
    if (!update.agentId().equals(id)) {
      throw new IllegalArgumentException("This publisher is for the agent \"" + LogText.excerpt(id)
          + "\", but the update is for \"" + LogText.excerpt(update.agentId())
          + "\". Use client.agent(…) with that id.");
    }
    AgentStatusUpdate clean = publishers.cleaner().update(update);
    return publishers.publish(
        id, clean.status(), progress -> ContentCleaner.withProgress(clean, progress));
  }

  @Override
  public AgentPublisher withMetadata(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new HashMap<>(metadata);
    more.put(Objects.requireNonNull(key, "key"), value);
    return new DefaultAgentPublisher(publishers, id, name, publishers.cleaner().metadata(more));
  }

  @Override
  public AgentTask task(@Nullable String title) {
    String text = publishers.cleaner().text(title);
    PublishedRun run = PublishedRun.ofAgent(publishers, null, text, id, name, metadata);
    AgentTask task = new DefaultAgentTask(run, 0, text, publishers.cleaner());
    CompletableFuture<PublishReceipt> unused =
        run.enter(0, new Step(AgentStatus.PROCESSING, 0, text, null));
    return task;
  }

  @Override
  @SuppressWarnings("try") // the scope only has to be closed
  public <T extends @Nullable Object, X extends Exception> T call(
      @Nullable String title, AgentTask.Body<T, X> body) throws X {
    try (AgentTask task = task(title)) {
      try (AgentTask.Scope scope = task.makeCurrent()) {
        T result = body.run(task);
        task.complete(title);
        return result;
      } catch (Throwable thrown) {
        task.fail(thrown);
        throw thrown;
      }
    }
  }
}

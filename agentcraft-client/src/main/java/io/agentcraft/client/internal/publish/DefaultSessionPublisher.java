package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.SessionPublisher;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link SessionPublisher} of a {@link PublishedRun}. Safe for use by any number of threads. */
final class DefaultSessionPublisher implements SessionPublisher {

  private final PublishedRun run;
  private final ContentCleaner cleaner;
  // Guarded by this.
  private final Map<String, DefaultAgentTask> agents = new HashMap<>();

  DefaultSessionPublisher(PublishedRun run, ContentCleaner cleaner) {
    this.run = run;
    this.cleaner = cleaner;
  }

  @Override
  public String id() {
    return run.id();
  }

  @Override
  public String query() {
    return run.state().query();
  }

  @Override
  public synchronized DefaultAgentTask agent(String id, String name) {
    DefaultAgentTask known = agents.get(Publishers.requireId(id));
    if (known != null) {
      return known;
    }
    int index = run.addAgent(id, Publishers.requireName(name), Map.of());
    DefaultAgentTask added = new DefaultAgentTask(run, index, name, cleaner);
    agents.put(id, added);
    return added;
  }

  @Override
  public CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update) {
    return agent(update.agentId(), update.agentName()).publish(cleaner.update(update));
  }

  @Override
  public CompletableFuture<PublishReceipt> phase(@Nullable String phase) {
    return run.phase(cleaner.text(phase));
  }

  @Override
  public CompletableFuture<PublishReceipt> output(
      @Nullable String type, @Nullable String text, @Nullable String agentName) {
    return run.output(
        cleaner.text(type), cleaner.text(text), agentName == null ? null : cleaner.text(agentName));
  }

  @Override
  public CompletableFuture<PublishReceipt> complete(@Nullable String result) {
    return run.complete(cleaner.text(result));
  }

  @Override
  public CompletableFuture<PublishReceipt> fail(@Nullable Throwable error) {
    return ContentCleaner.isCancellation(error)
        ? cancel(cleaner.reason(error))
        : run.fail(cleaner.reason(error));
  }

  @Override
  public CompletableFuture<PublishReceipt> cancel(@Nullable String reason) {
    return run.cancel(cleaner.text(DefaultAgentTask.CANCELLED + cleaner.text(reason)));
  }

  @Override
  public void close() {
    CompletableFuture<PublishReceipt> unused =
        run.fail(cleaner.text("\"" + query() + "\" was ended before it was completed"));
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.PublishedRun.Step;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An {@link AgentTask} that is one agent of a {@link PublishedRun}. Safe for use by any number of threads. */
final class DefaultAgentTask implements AgentTask {

  static final String CANCELLED = "Cancelled: ";

  private final PublishedRun run;
  private final int agent;
  private final String title;
  private final ContentCleaner cleaner;

  DefaultAgentTask(PublishedRun run, int agent, String title, ContentCleaner cleaner) {
    this.run = run;
    this.agent = agent;
    this.title = title;
    this.cleaner = cleaner;
  }

  @Override
  public String sessionId() {
    return run.id();
  }

  @Override
  public CompletableFuture<PublishReceipt> thinking(@Nullable String text) {
    return enter(AgentStatus.ANALYZING, Double.NaN, cleaner.text(text), null);
  }

  @Override
  public CompletableFuture<PublishReceipt> step(@Nullable String text) {
    return enter(AgentStatus.PROCESSING, Double.NaN, cleaner.text(text), null);
  }

  @Override
  public CompletableFuture<PublishReceipt> progress(double percent, @Nullable String text) {
    return enter(AgentStatus.PROCESSING, cleaner.percent(percent), cleaner.text(text), null);
  }

  @Override
  public CompletableFuture<PublishReceipt> progress(long done, long total, @Nullable String text) {
    return total <= 0 ? step(text) : progress(100.0 * done / total, text);
  }

  @Override
  public CompletableFuture<PublishReceipt> toolStarted(
      @Nullable String name, @Nullable String text) {
    return tool(name, "", text);
  }

  @Override
  public CompletableFuture<PublishReceipt> toolEnded(@Nullable String name, @Nullable String text) {
    return tool(name, " ended", text);
  }

  @Override
  public CompletableFuture<PublishReceipt> toolFailed(
      @Nullable String name, @Nullable Throwable cause) {
    return tool(name, " failed", cleaner.reason(cause));
  }

  private CompletableFuture<PublishReceipt> tool(
      @Nullable String name, String what, @Nullable String text) {
    String more = text == null || text.isEmpty() ? "" : ": " + text;
    return enter(AgentStatus.PROCESSING, Double.NaN, null, cleaner.text(name + what + more));
  }

  @Override
  public CompletableFuture<PublishReceipt> waiting(@Nullable String text) {
    return enter(AgentStatus.COLLABORATING, Double.NaN, cleaner.text(text), "Waiting for a person");
  }

  @Override
  public CompletableFuture<PublishReceipt> handOff(
      @Nullable String otherAgent, @Nullable String reason) {
    return run.handOff(agent, cleaner.text(otherAgent), cleaner.text(reason));
  }

  @Override
  public CompletableFuture<PublishReceipt> log(@Nullable String level, @Nullable String text) {
    return output(cleaner.text(level).toLowerCase(Locale.ROOT), text);
  }

  @Override
  public CompletableFuture<PublishReceipt> output(@Nullable String text) {
    return output("output", text);
  }

  private CompletableFuture<PublishReceipt> output(String type, @Nullable String text) {
    return run.output(agent, type, cleaner.text(text));
  }

  @Override
  public CompletableFuture<PublishReceipt> complete(@Nullable String text) {
    return enter(AgentStatus.COMPLETED, 100, cleaner.text(text), null);
  }

  @Override
  public CompletableFuture<PublishReceipt> fail(@Nullable Throwable error) {
    return ContentCleaner.isCancellation(error)
        ? cancel(cleaner.reason(error))
        : fail(cleaner.reason(error));
  }

  @Override
  public CompletableFuture<PublishReceipt> cancel(@Nullable String reason) {
    return run.cancel(agent, cleaner.text(CANCELLED + cleaner.text(reason)));
  }

  /** Publishes an update of this agent. */
  CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update) {
    return run.publish(agent, update);
  }

  @Override
  public void close() {
    CompletableFuture<PublishReceipt> unused =
        fail(cleaner.text(title + " was ended before it was completed"));
  }

  private CompletableFuture<PublishReceipt> fail(String why) {
    return enter(AgentStatus.ERROR, Double.NaN, why, why);
  }

  private CompletableFuture<PublishReceipt> enter(
      AgentStatus status, double percent, @Nullable String message, @Nullable String details) {
    return run.enter(agent, new Step(status, percent, message, details));
  }
}

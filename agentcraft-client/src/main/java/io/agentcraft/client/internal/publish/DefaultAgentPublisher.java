package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.codec.Surrogates;
import io.agentcraft.client.internal.json.FreeJson;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.TaskBody;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AgentPublisher} that checks on the caller's thread and hands on to {@link PublishEngine}. What it has checked it
 * leaves to be encoded when it is sent.
 */
final class DefaultAgentPublisher implements AgentPublisher {

  private final Publishers home;
  private final String id;
  private final String name;
  private final Map<String, @Nullable Object> metadata;
  private final Progress progress;

  /** The progress last published, shared by all publishers derived from one. */
  private static final class Progress {
    private volatile double percent;
  }

  DefaultAgentPublisher(Publishers home, String id, String name) {
    this(home, id, name, Map.of(), new Progress());
  }

  private DefaultAgentPublisher(
      Publishers home,
      String id,
      String name,
      Map<String, @Nullable Object> metadata,
      Progress progress) {
    this.home = home;
    this.id = id;
    this.name = name;
    this.metadata = metadata;
    this.progress = progress;
    // What all updates have in common is found wanting here, where the mistake is.
    var unused = home.codec()
        .encode(AgentStatusUpdate.builder(id, name).metadata(metadata).build());
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
    return status(AgentStatus.IDLE, 0, "");
  }

  @Override
  public CompletableFuture<PublishReceipt> analyzing(String message) {
    return status(AgentStatus.ANALYZING, progress.percent, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> processing(double percent, String message) {
    return status(AgentStatus.PROCESSING, percent, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> collaborating(String message) {
    return status(AgentStatus.COLLABORATING, progress.percent, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> completed(String message) {
    return status(AgentStatus.COMPLETED, 100, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> error(String message) {
    return status(AgentStatus.ERROR, progress.percent, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update) {
    if (!update.agentId().equals(id)) {
      throw new IllegalArgumentException(
          "This publisher speaks for the agent \"" + id + "\", but the update is for \""
              + update.agentId() + "\". Use client.agent(…) with that id.");
    }
    String frame = home.codec().encode(requireProgress(update));
    return offer(update, () -> frame, null, update.status().isFinal());
  }

  @Override
  public AgentPublisher withMetadata(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new HashMap<>(metadata);
    more.put(Objects.requireNonNull(key, "key"), value);
    return new DefaultAgentPublisher(home, id, name, FreeJson.copyOf(more), progress);
  }

  @Override
  public AgentTask task(String title) {
    return new DefaultAgentTask(this, home.openTasks(), title);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T call(String title, TaskBody<T, X> body)
      throws X {
    try (AgentTask task = task(title)) {
      try {
        T result = body.run(task);
        task.complete(title);
        return result;
      } catch (Throwable thrown) {
        task.fail(thrown);
        throw thrown;
      }
    }
  }

  CompletableFuture<PublishReceipt> status(AgentStatus status, double percent, String message) {
    return send(build(status, percent, message), null, status.isFinal());
  }

  CompletableFuture<PublishReceipt> handOff(String otherAgent, String reason) {
    AgentStatusUpdate update = build(
        AgentStatus.COLLABORATING, progress.percent, "Hands off to " + otherAgent + ": " + reason);
    AgentCollaboration collaboration = new AgentCollaboration(
        name, otherAgent, "handoff", reason, Objects.requireNonNull(update.timestamp()));
    return send(update, home.codec().encode(collaboration), true);
  }

  double percent() {
    return progress.percent;
  }

  private AgentStatusUpdate build(AgentStatus status, double percent, String message) {
    return requireProgress(new AgentStatusUpdate(
        id, name, status, status.wireText(), percent, message, WireTime.iso(home.now()), metadata));
  }

  private static AgentStatusUpdate requireProgress(AgentStatusUpdate update) {
    if (!(update.progress() >= 0 && update.progress() <= 100)) {
      throw new IllegalArgumentException("Progress is a percentage from 0 to 100, but was "
          + update.progress() + ". For a ratio, multiply by 100.");
    }
    return update;
  }

  /** Sends an update that was built here, so its message is the only part that may not be encodable. */
  private CompletableFuture<PublishReceipt> send(
      AgentStatusUpdate update, @Nullable String companion, boolean kept) {
    MessageCodec codec = home.codec();
    Surrogates.requirePaired("The message", update.message());
    return offer(update, () -> codec.encode(update), companion, kept);
  }

  private CompletableFuture<PublishReceipt> offer(
      AgentStatusUpdate update, Supplier<String> frame, @Nullable String companion, boolean kept) {
    progress.percent = update.progress();
    return home.offer(update, frame, companion, kept);
  }
}

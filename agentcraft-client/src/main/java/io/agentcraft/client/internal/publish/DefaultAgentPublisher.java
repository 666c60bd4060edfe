package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.codec.Surrogates;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.json.FreeJson;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AgentPublisher} that builds and checks updates on the caller's thread and passes them to the {@link
 * PublishEngine}. An update is encoded when it is sent.
 */
final class DefaultAgentPublisher implements AgentPublisher {

  private final PublishEngine engine;
  private final MessageCodec codec;
  private final String id;
  private final String name;
  private final Map<String, @Nullable Object> metadata;
  private final Progress progress;

  /** The progress that was published last, shared by a publisher and those derived from it. */
  private static final class Progress {
    private volatile double percent;
  }

  DefaultAgentPublisher(PublishEngine engine, MessageCodec codec, String id, String name) {
    this(engine, codec, id, name, Map.of(), new Progress());
  }

  private DefaultAgentPublisher(
      PublishEngine engine,
      MessageCodec codec,
      String id,
      String name,
      Map<String, @Nullable Object> metadata,
      Progress progress) {
    this.engine = engine;
    this.codec = codec;
    this.id = id;
    this.name = name;
    this.metadata = metadata;
    this.progress = progress;
    // Throws if what all updates have in common cannot be encoded.
    var unused =
        codec.encode(AgentStatusUpdate.builder(id, name).metadata(metadata).build());
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
  public CompletableFuture<PublishReceipt> analyzing(String message) {
    return publish(AgentStatus.ANALYZING, progress(), message);
  }

  @Override
  public CompletableFuture<PublishReceipt> processing(double percent, String message) {
    return publish(AgentStatus.PROCESSING, percent, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> collaborating(String message) {
    return publish(AgentStatus.COLLABORATING, progress(), message);
  }

  @Override
  public CompletableFuture<PublishReceipt> completed(String message) {
    return publish(AgentStatus.COMPLETED, 100, message);
  }

  @Override
  public CompletableFuture<PublishReceipt> error(String message) {
    return publish(AgentStatus.ERROR, progress(), message);
  }

  @Override
  public CompletableFuture<PublishReceipt> publish(AgentStatusUpdate update) {
    if (!update.agentId().equals(id)) {
      throw new IllegalArgumentException("This publisher is for the agent \"" + LogText.excerpt(id)
          + "\", but the update is for \"" + LogText.excerpt(update.agentId())
          + "\". Use client.agent(…) with that id.");
    }
    String frame = codec.encode(requireProgress(update));
    return publish(update, () -> frame, null, update.status().isFinal());
  }

  @Override
  public AgentPublisher withMetadata(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new HashMap<>(metadata);
    more.put(Objects.requireNonNull(key, "key"), value);
    return new DefaultAgentPublisher(engine, codec, id, name, FreeJson.copyOf(more), progress);
  }

  @Override
  public AgentTask task(String title) {
    return new DefaultAgentTask(this, engine.openTasks(), title);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T call(
      String title, AgentTask.Body<T, X> body) throws X {
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

  CompletableFuture<PublishReceipt> publish(AgentStatus status, double percent, String message) {
    return publish(build(status, percent, message), null, status.isFinal());
  }

  CompletableFuture<PublishReceipt> handOff(String otherAgent, String reason) {
    AgentStatusUpdate update =
        build(AgentStatus.COLLABORATING, progress(), "Hands off to " + otherAgent + ": " + reason);
    AgentCollaboration collaboration = new AgentCollaboration(
        name, otherAgent, "handoff", reason, Objects.requireNonNull(update.timestamp()));
    return publish(update, codec.encode(collaboration), true);
  }

  /** Returns the progress that was published last. */
  double progress() {
    return progress.percent;
  }

  private AgentStatusUpdate build(AgentStatus status, double percent, String message) {
    return requireProgress(new AgentStatusUpdate(
        id,
        name,
        status,
        status.wireText(),
        percent,
        message,
        WireTime.iso(engine.now()),
        metadata));
  }

  private static AgentStatusUpdate requireProgress(AgentStatusUpdate update) {
    if (!(update.progress() >= 0 && update.progress() <= 100)) {
      throw new IllegalArgumentException("Progress is a percentage from 0 to 100, but was "
          + update.progress() + ". For a ratio, multiply by 100.");
    }
    return update;
  }

  /** Publishes an update that was built here. Only its message may be impossible to encode. */
  private CompletableFuture<PublishReceipt> publish(
      AgentStatusUpdate update, @Nullable String companion, boolean required) {
    Surrogates.requirePaired("The message", update.message());
    return publish(update, () -> codec.encode(update), companion, required);
  }

  private CompletableFuture<PublishReceipt> publish(
      AgentStatusUpdate update,
      Supplier<String> frame,
      @Nullable String companion,
      boolean required) {
    progress.percent = update.progress();
    return engine.publish(update, frame, companion, required);
  }
}

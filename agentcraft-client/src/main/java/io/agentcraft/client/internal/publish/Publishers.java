package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the publishers of one client. */
public final class Publishers {

  private final EventLoop scheduler;
  private final MessageCodec codec;
  private final PublishEngine publishing;
  private final OpenTasks openTasks = new OpenTasks();

  /** Puts the publishing of one client together. */
  public Publishers(
      PublishTransport path,
      EventLoop scheduler,
      MessageCodec codec,
      FrameRateLimiter budget,
      Instrumentation instrumentation,
      Executor completions,
      Broadcasts broadcasts,
      ReconnectPolicy policy,
      boolean renewableToken,
      PublishEngine.Connector connector) {
    this.scheduler = scheduler;
    this.codec = codec;
    this.publishing = new PublishEngine(
        path,
        connector,
        new Parts(
            scheduler,
            budget,
            StatusPace.within(budget),
            new Receipts(completions, instrumentation),
            broadcasts,
            new PostRetries(policy, renewableToken)));
  }

  public PublishEngine engine() {
    return publishing;
  }

  /** Returns a publisher for one agent. */
  public AgentPublisher agent(String id, String name) {
    return new DefaultAgentPublisher(this, id, name);
  }

  MessageCodec codec() {
    return codec;
  }

  Instant now() {
    return scheduler.now();
  }

  OpenTasks openTasks() {
    return openTasks;
  }

  CompletableFuture<PublishReceipt> offer(
      AgentStatusUpdate update, Supplier<String> frame, @Nullable String companion, boolean kept) {
    CompletableFuture<PublishReceipt> receipt = new CompletableFuture<>();
    publishing.offer(
        new Publication(update, frame, companion, kept, scheduler.nanoTime(), receipt));
    return receipt;
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.codec.Surrogates;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.publish.Publication.Content;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.SessionPublisher;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the publishers of one client, and passes on what they publish. May be called from any thread. */
public final class Publishers {

  private final PublishEngine engine;
  private final EventLoop loop;
  private final ContentCleaner cleaner;
  private final Runnable onFirst;
  private volatile boolean hasPublished;
  /** All runs that have begun and not ended. */
  private final Set<PublishedRun> open = ConcurrentHashMap.newKeySet();

  private volatile @Nullable String endReason;
  /** Of each agent the run that its publishers' statuses are about, while it is open. Guarded by itself. */
  private final Map<String, PublishedRun> runs = new HashMap<>();

  /**
   * Creates the publishers of one client.
   *
   * @param textLimit the length of the longest text, in characters
   * @param onFirst runs before the first update, perhaps more than once
   */
  public Publishers(PublishEngine engine, EventLoop loop, int textLimit, Runnable onFirst) {
    this.engine = engine;
    this.loop = loop;
    this.cleaner = new ContentCleaner(textLimit);
    this.onFirst = onFirst;
  }

  /** Returns a publisher for one agent. */
  public AgentPublisher agent(String id, String name) {
    return new DefaultAgentPublisher(this, requireId(id), requireName(name), Map.of());
  }

  /** Returns a publisher for a new session. */
  public SessionPublisher session(@Nullable String query) {
    return session(PublishedRun.newId(loop::now), query);
  }

  /** Returns a publisher for a session with this id. */
  public SessionPublisher session(String id, @Nullable String query) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "The session id is empty. Leave it out, and the session gets one of its own.");
    }
    Surrogates.requirePaired("The session id", id);
    return new DefaultSessionPublisher(PublishedRun.ofCrew(this, id, cleaner.text(query)), cleaner);
  }

  /** Ends all open runs as failed, and from now on each one as soon as it has begun. */
  public void endAll(String reason) {
    endReason = reason;
    open.forEach(run -> {
      var unused = run.fail(reason);
    });
  }

  static String requireId(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The agent's id is empty. Give each agent an id.");
    }
    Surrogates.requirePaired("The agent's id", id);
    return id;
  }

  static String requireName(String name) {
    Surrogates.requirePaired("The agent's name", name);
    return name;
  }

  ContentCleaner cleaner() {
    return cleaner;
  }

  Instant now() {
    return loop.now();
  }

  long nanoTime() {
    return loop.nanoTime();
  }

  CompletableFuture<PublishReceipt> publish(Publication publication) {
    if (!hasPublished) {
      hasPublished = true;
      onFirst.run();
    }
    PublishedRun run = publication.run();
    if (run == null) {
      return engine.publish(publication);
    }
    if (publication.endsSession()) {
      open.remove(run);
    } else {
      open.add(run);
    }
    CompletableFuture<PublishReceipt> receipt = engine.publish(publication);
    String reason = endReason;
    if (reason != null && run.isOpen()) {
      CompletableFuture<PublishReceipt> unused = run.fail(reason);
    }
    return receipt;
  }

  /**
   * Publishes an agent's status as part of its open run. Any status but IDLE begins one; COMPLETED and ERROR end it.
   *
   * @param update makes the status from the progress that was published last in the run
   */
  CompletableFuture<PublishReceipt> publish(String agentId, AgentStatus status, StatusOf update) {
    synchronized (runs) {
      PublishedRun run = runs.get(agentId);
      if (run == null) {
        AgentStatusUpdate first = update.at(0);
        if (status == AgentStatus.IDLE) {
          return publish(
              new Publication(agentId, null, new Content.Plain(first), false, loop.nanoTime()));
        }
        String query = first.message().isEmpty() ? first.agentName() : first.message();
        run = PublishedRun.ofAgent(
            this, agentId, query, agentId, first.agentName(), first.metadata());
        runs.put(agentId, run);
      }
      double progress = run.state().agents().get(0).update().progress();
      CompletableFuture<PublishReceipt> receipt = run.publish(0, update.at(progress));
      if (!run.isOpen()) {
        runs.remove(agentId);
      }
      return receipt;
    }
  }

  /** Makes a status. */
  @FunctionalInterface
  interface StatusOf {

    /**
     * Makes the status.
     *
     * @param progress the progress that was published last
     */
    AgentStatusUpdate at(double progress);
  }
}

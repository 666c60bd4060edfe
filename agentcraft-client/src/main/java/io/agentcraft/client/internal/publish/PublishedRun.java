package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.internal.publish.Publication.Content;
import io.agentcraft.client.internal.publish.PublishedSession.Agent;
import io.agentcraft.client.internal.publish.PublishedSession.End;
import io.agentcraft.client.internal.publish.PublishedSession.Output;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.publish.PublishReceipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session that this client publishes: of one agent, or of a crew. Each change makes an update, under the lock, so that
 * updates have the order of the changes and nothing follows the end. The loop reads the state without the lock. Safe for use
 * by any number of threads, except for what was told, which is confined to the loop.
 */
final class PublishedRun {

  private final Publishers publishers;
  private final String id;
  private final String lane;
  private final boolean alone;
  private volatile PublishedSession state;

  // Guarded by this.
  private final List<@Nullable CompletableFuture<PublishReceipt>> agentEnds = new ArrayList<>();
  private @Nullable CompletableFuture<PublishReceipt> end;

  // Confined to the loop.
  private boolean startTold;
  private String phaseTold = "";
  private long outputsDelivered;
  private final Map<Integer, AgentStatusUpdate> statusesTold = new HashMap<>();
  private int lastTold = -1;
  private long toldAt;
  private int reminders;

  /**
   * A status that an agent enters.
   *
   * @param percent its progress; {@code NaN} leaves it unchanged
   * @param message what it works on; {@code null} leaves it unchanged
   * @param details more about it; {@code null} for none
   */
  record Step(
      AgentStatus status,
      double percent,
      @Nullable String message,
      @Nullable String details) {}

  private PublishedRun(Publishers publishers, String lane, boolean alone, String id, String query) {
    this.publishers = publishers;
    this.lane = lane;
    this.alone = alone;
    this.id = id;
    this.state = PublishedSession.started(id, query, publishers.now());
  }

  /** Returns an id that no other session has, made as client ids are. */
  static String newId(InstantSource clock) {
    return "session_" + ClientIds.create(clock).substring("client_".length());
  }

  static PublishedRun ofCrew(Publishers publishers, String id, String query) {
    return new PublishedRun(publishers, id, false, id, query);
  }

  /** Creates the session of an agent on its own. Its end is the end of the session. */
  static PublishedRun ofAgent(
      Publishers publishers,
      @Nullable String lane,
      String query,
      String agentId,
      String name,
      Map<String, @Nullable Object> metadata) {
    String id = newId(publishers::now);
    PublishedRun run = new PublishedRun(publishers, lane != null ? lane : id, true, id, query);
    int unused = run.addAgent(agentId, name, metadata);
    return run;
  }

  String id() {
    return id;
  }

  /** Returns what orders the updates about the session itself. */
  String lane() {
    return lane;
  }

  PublishedSession state() {
    return state;
  }

  boolean isOpen() {
    return state.end() == null;
  }

  /** Returns the future of the end; {@code null} while the run is open. */
  synchronized @Nullable CompletableFuture<PublishReceipt> end() {
    return end;
  }

  /** Returns the lane of an agent: that of the session if it is its only one. */
  static String agentLane(String sessionLane, String agentId) {
    return sessionLane + '\n' + agentId;
  }

  /** Adds an agent and returns its index; -1 once the session has ended, after which nothing is told. */
  synchronized int addAgent(String agentId, String name, Map<String, @Nullable Object> metadata) {
    if (end != null) {
      return -1;
    }
    Instant now = publishers.now();
    AgentStatusUpdate idle = update(agentId, name, AgentStatus.IDLE, 0, "", metadata, now);
    state = state.add(Agent.idle(idle, now));
    agentEnds.add(null);
    return state.agents().size() - 1;
  }

  /** Publishes that an agent enters a status, which may be its end. */
  CompletableFuture<PublishReceipt> enter(int agent, Step step) {
    return publish(agent, current -> next(current, step), step.details(), null);
  }

  /** Publishes that an agent hands its work to another one. */
  synchronized CompletableFuture<PublishReceipt> handOff(
      int agent, String otherAgent, String reason) {
    CompletableFuture<PublishReceipt> ended = endOf(agent);
    if (ended != null) {
      return ended;
    }
    AgentStatusUpdate of = state.agents().get(agent).update();
    AgentCollaboration collaboration = new AgentCollaboration(
        of.agentName(), otherAgent, "handoff", reason, WireTime.iso(publishers.now()));
    Step step = new Step(
        AgentStatus.COLLABORATING, Double.NaN, "Hands off to " + otherAgent + ": " + reason, null);
    return publish(agent, current -> next(current, step), null, collaboration);
  }

  /** Publishes an agent's update. */
  CompletableFuture<PublishReceipt> publish(int agent, AgentStatusUpdate update) {
    String details = update.status() == AgentStatus.ERROR ? update.message() : null;
    return publish(
        agent, current -> ContentCleaner.withProgress(update, current.progress()), details, null);
  }

  private synchronized CompletableFuture<PublishReceipt> publish(
      int agent,
      Function<AgentStatusUpdate, AgentStatusUpdate> change,
      @Nullable String details,
      @Nullable AgentCollaboration collaboration) {
    CompletableFuture<PublishReceipt> ended = endOf(agent);
    if (ended != null) {
      return ended;
    }
    Agent current = state.agents().get(agent);
    AgentStatusUpdate update = change.apply(current.update());
    state = state.change(agent, current.with(update, details, publishers.now()));
    boolean last = update.status().isFinal();
    if (last && alone) {
      boolean failed = update.status() == AgentStatus.ERROR;
      return endWith(
          new End(failed ? End.Outcome.FAILED : End.Outcome.COMPLETED, update.message()), agent);
    }
    String agentLane = alone ? lane : agentLane(lane, update.agentId());
    CompletableFuture<PublishReceipt> receipt = offer(
        agentLane, new Content.Status(agent, update, collaboration), last || collaboration != null);
    if (last) {
      agentEnds.set(agent, receipt);
    }
    return receipt;
  }

  /** Ends an agent as cancelled. */
  synchronized CompletableFuture<PublishReceipt> cancel(int agent, String text) {
    if (alone) {
      return cancel(text);
    }
    return enter(agent, new Step(AgentStatus.COMPLETED, Double.NaN, text, text));
  }

  synchronized CompletableFuture<PublishReceipt> phase(String phase) {
    if (end != null) {
      return end;
    }
    state = state.enter(phase);
    return offer(lane, news(), false);
  }

  /** Publishes output of an agent, unless it has ended. */
  synchronized CompletableFuture<PublishReceipt> output(int agent, String type, String text) {
    CompletableFuture<PublishReceipt> ended = endOf(agent);
    return ended != null
        ? ended
        : output(type, text, state.agents().get(agent).update().agentName());
  }

  /** Returns the future of the end of an agent, or of the session before it; {@code null} while both are open. */
  private @Nullable CompletableFuture<PublishReceipt> endOf(int agent) {
    return end != null ? end : agentEnds.get(agent);
  }

  synchronized CompletableFuture<PublishReceipt> output(
      String type, String text, @Nullable String agentName) {
    if (end != null) {
      return end;
    }
    state = state.add(type, text, agentName, publishers.now());
    return offer(lane, news(), false);
  }

  CompletableFuture<PublishReceipt> complete(String result) {
    return end(new End(End.Outcome.COMPLETED, result), AgentStatus.COMPLETED, null);
  }

  CompletableFuture<PublishReceipt> fail(String error) {
    return end(new End(End.Outcome.FAILED, error), AgentStatus.ERROR, error);
  }

  CompletableFuture<PublishReceipt> cancel(String text) {
    return end(new End(End.Outcome.CANCELLED, text), AgentStatus.COMPLETED, text);
  }

  /** Ends the session, and before it whoever is at work. */
  private synchronized CompletableFuture<PublishReceipt> end(
      End how, AgentStatus status, @Nullable String details) {
    if (end != null) {
      return end;
    }
    double percent = how.outcome() == End.Outcome.COMPLETED ? 100 : Double.NaN;
    // An agent says what it worked on last; why it ended is its details.
    Step step = new Step(status, percent, alone ? how.text() : null, details);
    if (alone) {
      Agent only = state.agents().get(0);
      state = state.change(0, only.with(next(only.update(), step), details, publishers.now()));
      return endWith(how, 0);
    }
    for (int agent : state.atWork()) {
      CompletableFuture<PublishReceipt> unused = enter(agent, step);
    }
    return endWith(how, -1);
  }

  private CompletableFuture<PublishReceipt> endWith(End how, int agent) {
    state = state.end(how);
    CompletableFuture<PublishReceipt> receipt = offer(lane, new Content.End(agent), true);
    end = receipt;
    return receipt;
  }

  /** Where there is one agent, its status may be replaced by news, which therefore tell it too. */
  private Content news() {
    return alone ? new Content.Status(0, state.agents().get(0).update(), null) : new Content.News();
  }

  private CompletableFuture<PublishReceipt> offer(
      String toLane, Content content, boolean required) {
    return publishers.publish(
        new Publication(toLane, this, content, required, publishers.nanoTime()));
  }

  private AgentStatusUpdate next(AgentStatusUpdate current, Step step) {
    return update(
        current.agentId(),
        current.agentName(),
        step.status(),
        Double.isNaN(step.percent()) ? current.progress() : step.percent(),
        step.message() == null ? current.message() : step.message(),
        current.metadata(),
        publishers.now());
  }

  static AgentStatusUpdate update(
      String agentId,
      String name,
      AgentStatus status,
      double percent,
      String message,
      Map<String, @Nullable Object> metadata,
      Instant now) {
    return new AgentStatusUpdate(
        agentId, name, status, status.wireText(), percent, message, WireTime.iso(now), metadata);
  }

  /** Takes what is new since it was told last. Output is new until an update that told it was delivered. */
  News tell(PublishedSession now) {
    boolean cancelled = now.end() != null && now.end().outcome() == End.Outcome.CANCELLED;
    News news = new News(
        !startTold,
        !cancelled && !now.phase().equals(phaseTold),
        now.outputsAfter(outputsDelivered),
        now.outputCount());
    startTold = true;
    phaseTold = now.phase();
    toldAt = publishers.nanoTime();
    return news;
  }

  /**
   * What is new of a session, apart from its agents.
   *
   * @param outputCount how many outputs there were, with those that are new
   */
  record News(boolean start, boolean phase, List<Output> outputs, long outputCount) {

    static final News NONE = new News(false, false, List.of(), 0);
  }

  void delivered(News news) {
    outputsDelivered = Math.max(outputsDelivered, news.outputCount());
  }

  /** What an update told did not arrive, and is new again. */
  void notDelivered(News news) {
    startTold &= !news.start();
    phaseTold = news.phase() ? "" : phaseTold;
  }

  /** Notes the status that an agent is told to have. */
  void told(int agent, AgentStatusUpdate status) {
    statusesTold.put(agent, status);
    lastTold = agent;
  }

  /** Returns the status that an agent was told to have last; {@code null} if none was told. */
  @Nullable
  AgentStatusUpdate statusTold(int agent) {
    return statusesTold.get(agent);
  }

  /** Returns the agent of which a status was told last; -1 if there is none. */
  int lastTold() {
    return lastTold;
  }

  /** Returns when the session was told last, as a reading of the loop's clock. */
  long toldAt() {
    return toldAt;
  }

  /** Tells the session again, for whoever connected meanwhile. */
  Publication reminder() {
    toldAt = publishers.nanoTime();
    return new Publication(lane, this, new Content.Reminder(), false, publishers.nanoTime());
  }

  /** Returns the number of this reminder. */
  int nextReminder() {
    return reminders++;
  }
}

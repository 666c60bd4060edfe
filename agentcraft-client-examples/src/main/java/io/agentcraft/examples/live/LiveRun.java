package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.examples.live.View.Frame;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects a client, shows what it receives, and notices when the run is over. */
public final class LiveRun {

  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);

  private final String title;
  private final String url;
  private final AgentCraftClient client;
  private final Scheduler scheduler;
  private final List<View> views;
  private final @Nullable Duration length;
  private final Function<Frame, @Nullable Ending> end;
  private final TrackingBoard board;
  private final Tally tally = new Tally();
  private final SessionFollower follower;
  private final CompletableFuture<Ending> ending;
  private volatile long startedAt;
  private volatile long stateChangedAt;

  /**
   * Creates a run.
   *
   * @param title the name of the run
   * @param url the server, as it is shown
   * @param client a client that is not connected yet
   * @param scheduler schedules the frames
   * @param views show the run
   * @param length how long the run is to last, as it is shown; {@code null} for no end
   * @param end returns how the run ended; called with every frame, returns {@code null} while it goes on
   * @param ending completed at the end, by this run or from outside
   */
  public LiveRun(
      String title,
      String url,
      AgentCraftClient client,
      Scheduler scheduler,
      List<View> views,
      @Nullable Duration length,
      Function<Frame, @Nullable Ending> end,
      CompletableFuture<Ending> ending) {
    this.title = title;
    this.url = url;
    this.client = client;
    this.scheduler = scheduler;
    this.views = List.copyOf(views);
    this.length = length;
    this.end = end;
    this.ending = ending;
    this.board = client.board();
    this.follower = new SessionFollower(client, scheduler, tally::countError);
  }

  /**
   * Connects and starts to show frames.
   *
   * @return completes when the client is connected; never fails, since giving up is an {@link Ending}
   */
  public CompletableFuture<Void> start() {
    startedAt = scheduler.nanoTime();
    stateChangedAt = startedAt;
    tally.attachTo(client);
    follower.start();
    views.forEach(view -> view.attachTo(client));
    // After the views, so that they have shown the state that ends the run.
    client.onConnectionState(this::stateChanged);
    scheduler.execute(this::tick);
    CompletableFuture<Void> connected = new CompletableFuture<>();
    var unused = client.connect().whenComplete((state, failure) -> {
      // A failure is a state as well, which the listener receives after those before it.
      if (failure == null) {
        connected.complete(null);
      }
    });
    return connected;
  }

  /**
   * Returns what to show now.
   *
   * @return the frame
   */
  public Frame frame() {
    long now = scheduler.nanoTime();
    return new Frame(
        title,
        url,
        board.snapshot(),
        tally.counts(),
        Duration.ofNanos(now - startedAt),
        length,
        Duration.ofNanos(now - stateChangedAt),
        ZoneId.systemDefault());
  }

  /**
   * Returns what keeps up with the sessions.
   *
   * @return the follower of this run
   */
  public SessionFollower follower() {
    return follower;
  }

  private void stateChanged(ConnectionState state) {
    stateChangedAt = scheduler.nanoTime();
    if (state.status() == ConnectionStatus.FAILED) {
      String message =
          state.cause() == null ? "no reason known" : Advice.description(state.cause());
      ending.complete(new Ending.GaveUp("The client gave up: " + message + ".", state.cause()));
    }
  }

  private void tick() {
    if (ending.isDone()) {
      return;
    }
    Frame frame = frame();
    views.forEach(view -> view.show(frame));
    Ending now = end.apply(frame);
    if (now != null) {
      ending.complete(now);
    }
    scheduler.schedule(BETWEEN_FRAMES, this::tick);
  }
}

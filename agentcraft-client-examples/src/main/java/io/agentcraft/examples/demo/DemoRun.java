package io.agentcraft.examples.demo;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.crew.CrewPlayer;
import io.agentcraft.examples.crew.CrewScript;
import io.agentcraft.examples.crew.ServerStage;
import io.agentcraft.examples.crew.TimedStep;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.LiveRun;
import io.agentcraft.examples.live.View;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The demo with a server of its own. */
public final class DemoRun {

  /** How long the last messages may take to arrive. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration USUAL_BASE = Duration.ofSeconds(1);

  private final Duration length;
  private final Scheduler scheduler;
  private final List<View> views;
  private final CompletableFuture<Ending> ending;
  private final List<TimedStep> script = CrewScript.steps();
  private volatile OptionalLong playedAt = OptionalLong.empty();

  /**
   * Makes the run.
   *
   * @param length how long the crew plays
   * @param scheduler paces the crew and the frames
   * @param views where it is shown; closed before the last line is known
   * @param ending completed from outside to end it early
   */
  public DemoRun(
      Duration length, Scheduler scheduler, List<View> views, CompletableFuture<Ending> ending) {
    this.length = length;
    this.scheduler = scheduler;
    this.views = List.copyOf(views);
    this.ending = ending;
  }

  /**
   * Plays, watches and judges; returns when it is over.
   *
   * @return what came of it
   */
  public Outcome run() {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url())
            .reconnectPolicy(backoff(length))
            .build()) {
      Play play = new Play(server, client);
      play.start();
      Ending end = ending.join();
      Evidence evidence = play.evidence(play.live.frame());
      views.forEach(View::close);
      return Verdict.ofDemo(end, evidence);
    }
  }

  /** The protocol's backoff; shorter in a demo so short that nothing would be left of it. */
  static ExponentialBackoff backoff(Duration length) {
    Duration fitting = length.dividedBy(10);
    Duration base = fitting.compareTo(USUAL_BASE) < 0 ? fitting : USUAL_BASE;
    return ExponentialBackoff.defaults().withDelays(base, Duration.ofSeconds(30));
  }

  /** What belongs together while it runs. */
  private final class Play {

    private final CrewPlayer player;
    private final LiveRun live;

    Play(ReferenceServer server, AgentCraftClient client) {
      live = new LiveRun(
          "AgentCraft demo", server.url(), client, scheduler, views, length, this::endOf, ending);
      ServerStage stage =
          new ServerStage(server, () -> live.follower().caughtUpAt().isPresent());
      player = new CrewPlayer(scheduler, stage, script, length);
    }

    void start() {
      var unused = live.start()
          .thenCompose(connected -> player.play())
          .whenComplete((played, failure) -> {
            if (failure == null) {
              playedAt = OptionalLong.of(scheduler.nanoTime());
            } else {
              ending.complete(new Ending.Broken(failure));
            }
          });
    }

    Evidence evidence(Frame seen) {
      return new Evidence(script, player.performed(), seen, live.follower().caughtUpAt());
    }

    private @Nullable Ending endOf(Frame frame) {
      OptionalLong since = playedAt;
      if (since.isEmpty()) {
        return null;
      }
      boolean patient = scheduler.nanoTime() - since.getAsLong() < GRACE.toNanos();
      return patient && !DemoChecks.problems(evidence(frame)).isEmpty()
          ? null
          : new Ending.Finished();
    }
  }
}

package io.agentcraft.examples.demo;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.LiveRun;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The demo: a crew and a client on a reference server in this process. */
public final class DemoRun {

  /** How long the last messages may take to arrive. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration USUAL_BASE = Duration.ofSeconds(1);

  private final Duration length;
  private final Scheduler scheduler;
  private final List<View> views;
  private final CompletableFuture<Ending> ending;
  private final List<CrewStep.Timed> script = CrewScript.steps();
  private volatile OptionalLong playedAt = OptionalLong.empty();

  /**
   * Creates a run.
   *
   * @param length how long the crew plays
   * @param scheduler schedules the crew and the frames
   * @param views show the run; closed before the verdict
   * @param ending completed from outside to end the run early
   */
  public DemoRun(
      Duration length, Scheduler scheduler, List<View> views, CompletableFuture<Ending> ending) {
    this.length = length;
    this.scheduler = scheduler;
    this.views = List.copyOf(views);
    this.ending = ending;
  }

  /**
   * Plays, watches and judges; returns when the demo is over.
   *
   * @return the verdict
   */
  public Verdict run() {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url())
            .reconnectPolicy(backoff(length))
            .build()) {
      Play play = new Play(server, client);
      play.start();
      Ending end = ending.join();
      DemoChecks.Evidence evidence = play.evidence(play.live.frame());
      views.forEach(View::close);
      return Verdict.ofDemo(end, evidence);
    }
  }

  /** The protocol's backoff, shortened in a demo that would be over before the reconnect. */
  static ExponentialBackoff backoff(Duration length) {
    Duration fitting = length.dividedBy(10);
    Duration base = fitting.compareTo(USUAL_BASE) < 0 ? fitting : USUAL_BASE;
    return ExponentialBackoff.defaults().withDelays(base, Duration.ofSeconds(30));
  }

  /** The crew and the live run of its client. */
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

    DemoChecks.Evidence evidence(Frame seen) {
      return new DemoChecks.Evidence(
          script, player.performed(), seen, live.follower().caughtUpAt());
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

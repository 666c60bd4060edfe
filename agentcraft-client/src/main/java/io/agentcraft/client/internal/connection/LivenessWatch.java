package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks after an open connection by the rule of {@link Liveness}. Confined to the loop. */
final class LivenessWatch {

  /** Hears of a connection that went silent. */
  interface Mourner {
    void dead(long generation, Duration silence);
  }

  private final Scheduler scheduler;
  private final Liveness liveness;
  private final Runnable onProbeDue;
  private final Mourner onDead;
  private Scheduler.@Nullable Timer timer;
  private long lastProbe;

  LivenessWatch(Scheduler scheduler, Duration timeout, Runnable onProbeDue, Mourner onDead) {
    this.scheduler = scheduler;
    this.liveness = new Liveness(timeout);
    this.onProbeDue = onProbeDue;
    this.onDead = onDead;
  }

  void start(Connection link) {
    stop();
    if (!liveness.timeout().isZero()) {
      lastProbe = link.activity().lastIn();
      check(link);
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void check(Connection link) {
    Activity activity = link.activity();
    long now = scheduler.nanoTime();
    if (activity.readerWaits()) {
      // Frames may well be there, unread: what is silent is our own listener.
      activity.frameIn(now);
    }
    long lastIn = activity.lastIn();
    Liveness.Check check =
        liveness.check(new Liveness.Traffic(lastIn, activity.lastOut(), lastProbe), now);
    if (check.verdict() == Liveness.Verdict.DEAD) {
      onDead.dead(link.generation(), Duration.ofNanos(now - lastIn));
      return;
    }
    if (check.verdict() == Liveness.Verdict.PROBE) {
      lastProbe = now;
      onProbeDue.run();
    }
    timer = scheduler.schedule(Duration.ofNanos(check.again() + 1), () -> check(link));
  }
}

package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.LoopTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells open sessions again when nothing was told of them for a while. Confined to the loop. */
final class Reminders {

  private final EventLoop loop;
  private final Duration interval;
  private final Consumer<Publication> publish;
  private final Set<PublishedRun> open = new LinkedHashSet<>();
  private final LoopTimer timer;

  /**
   * Creates the reminders.
   *
   * @param interval how long nothing is told; zero for no reminders
   */
  Reminders(EventLoop loop, Duration interval, Consumer<Publication> publish) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.interval = interval;
    this.publish = publish;
  }

  /** Something of a session was published. */
  void published(Publication publication) {
    PublishedRun run = publication.run();
    if (run == null || interval.isZero()) {
      return;
    }
    if (publication.endsSession()) {
      open.remove(run);
    } else if (run.isOpen() && open.add(run) && !timer.isRunning()) {
      timer.start(interval, this::remind);
    }
  }

  void stop() {
    open.clear();
    timer.stop();
  }

  private void remind() {
    long now = loop.nanoTime();
    open.removeIf(run -> !run.isOpen());
    List<PublishedRun> due = new ArrayList<>();
    long next = interval.toNanos();
    for (PublishedRun run : open) {
      long left = run.toldAt() + interval.toNanos() - now;
      if (left <= 0) {
        due.add(run);
      } else {
        next = Math.min(next, left);
      }
    }
    if (!open.isEmpty()) {
      timer.start(Duration.ofNanos(next), this::remind);
    }
    due.forEach(run -> publish.accept(run.reminder()));
  }
}

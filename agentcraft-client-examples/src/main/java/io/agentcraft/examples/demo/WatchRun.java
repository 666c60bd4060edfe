package io.agentcraft.examples.demo;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.LiveRun;
import io.agentcraft.examples.live.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Watches a server that is there already. */
public final class WatchRun {

  private final AgentCraftClient client;
  private final LiveRun live;
  private final List<View> views;
  private final @Nullable Duration length;
  private final CompletableFuture<Ending> ending;

  /**
   * Makes the run.
   *
   * @param client a client of the server; closed at the end
   * @param url the server, as it is shown
   * @param length how long to watch; {@code null} for no end
   * @param scheduler paces the frames
   * @param views where it is shown; closed at the end
   * @param ending completed from outside to end it
   */
  public WatchRun(
      AgentCraftClient client,
      String url,
      @Nullable Duration length,
      Scheduler scheduler,
      List<View> views,
      CompletableFuture<Ending> ending) {
    this.client = client;
    this.length = length;
    this.views = List.copyOf(views);
    this.ending = ending;
    this.live =
        new LiveRun("AgentCraft", url, client, scheduler, views, length, this::endOf, ending);
  }

  /**
   * Watches; returns when it is over.
   *
   * @return what came of it
   */
  public Outcome run() {
    try (client) {
      var unused = live.start();
      Ending end = ending.join();
      Frame last = live.frame();
      views.forEach(View::close);
      return Verdict.ofWatch(end, last);
    }
  }

  private @Nullable Ending endOf(Frame frame) {
    return length != null && frame.elapsed().compareTo(length) >= 0 ? new Ending.TimeUp() : null;
  }
}

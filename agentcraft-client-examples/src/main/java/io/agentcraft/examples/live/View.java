package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.view.BoardSnapshot;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Shows a run. */
public interface View extends AutoCloseable {

  /**
   * Everything there is to show at one moment. Immutable.
   *
   * @param title the name of the run
   * @param url the server
   * @param board what is known of agents, sessions and logs
   * @param counts what was counted
   * @param elapsed the time since the run began
   * @param length how long the run is to last; {@code null} for no end
   * @param sinceStateChange how long the connection has been in its state
   * @param zone for times of day
   */
  record Frame(
      String title,
      String url,
      BoardSnapshot board,
      Tally.Counts counts,
      Duration elapsed,
      @Nullable Duration length,
      Duration sinceStateChange,
      ZoneId zone) {}

  /**
   * Called before the client connects.
   *
   * @param client the client, to add listeners to
   */
  void attachTo(AgentCraftClient client);

  /**
   * Called several times a second, always on the same thread.
   *
   * @param frame what to show
   */
  void show(Frame frame);

  /** Restores the screen. Nothing is shown afterwards. */
  @Override
  void close();
}

package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;

/** Where a run is shown. */
public interface View extends AutoCloseable {

  /**
   * Called before the client connects.
   *
   * @param client the client, to listen to
   */
  void attachTo(AgentCraftClient client);

  /**
   * Called several times a second, always on the same thread.
   *
   * @param frame what there is to show
   */
  void show(Frame frame);

  /** Gives the screen back. Nothing is shown afterwards. */
  @Override
  void close();
}

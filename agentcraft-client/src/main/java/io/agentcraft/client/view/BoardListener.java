package io.agentcraft.client.view;

/** Hears every change of a {@link TrackingBoard}. */
@FunctionalInterface
public interface BoardListener {

  /**
   * Called after a change, on the thread that feeds the board: a client's callback executor, one call at a time.
   *
   * @param board the board after the change
   */
  void onBoardChanged(BoardSnapshot board);
}

package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.TrackingBoard;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Has a board check in time which agents at work have been silent for too long, as long as there are any. Called on the callback
 * executor, after the board.
 */
public final class StaleWatch implements ServerMessageListener {

  private final TrackingBoard board;
  private final Scheduler scheduler;
  private final DueTimer timer;
  private boolean watching;

  public StaleWatch(TrackingBoard board, Scheduler scheduler, Executor callbacks) {
    this.board = board;
    this.scheduler = scheduler;
    this.timer = new DueTimer(scheduler, callbacks, this::check);
  }

  @Override
  public void onMessage(ServerMessage message) {
    // While watching, the timer comes before this agent could have been silent for too long.
    if (!watching && tellsOfWork(message)) {
      check();
    }
  }

  /** Calls the timer off. May be called from any thread, any number of times. */
  public void close() {
    timer.close();
  }

  private void check() {
    Optional<Duration> next;
    try {
      next = board.checkStale();
    } catch (RuntimeException ofListener) {
      // What has not been silent yet is found by the next check.
      arm(board.checkStale());
      throw ofListener;
    }
    arm(next);
  }

  private void arm(Optional<Duration> next) {
    watching = next.isPresent();
    timer.arm(
        next.isPresent()
            ? OptionalLong.of(scheduler.nanoTime() + next.get().toNanos())
            : OptionalLong.empty());
  }

  private static boolean tellsOfWork(ServerMessage message) {
    if (message instanceof AgentStatusUpdate update) {
      return isAtWork(update.status());
    }
    if (message instanceof SessionEvent event) {
      return hasAgentAtWork(event.state());
    }
    return message instanceof SessionState answer && hasAgentAtWork(answer.state());
  }

  private static boolean hasAgentAtWork(SessionSnapshot state) {
    return state.activeAgents().stream().anyMatch(agent -> isAtWork(agent.status()));
  }

  private static boolean isAtWork(AgentStatus status) {
    return status != AgentStatus.IDLE && !status.isFinal();
  }
}

package io.agentcraft.client.internal.listener;

import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * Passes on at most N updates a second of each agent. Called on the callback executor, and calls the listener there. One
 * that throws loses no update of another agent: what it threw goes on to the executor, after the timer is set anew.
 */
public final class ThrottledStatusListener implements AgentStatusListener {

  private final Scheduler scheduler;
  private final Executor callbacks;
  private final AgentStatusListener listener;
  private final StatusThrottle throttle;
  private final DueTimer timer;

  /**
   * Makes the wrapper.
   *
   * @param throttle how many updates
   * @param scheduler the clock and the timer
   * @param callbacks the callback executor; runs one task at a time, in order
   * @param listener gets what passes
   */
  public ThrottledStatusListener(
      Throttle throttle, Scheduler scheduler, Executor callbacks, AgentStatusListener listener) {
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.listener = listener;
    this.throttle = new StatusThrottle(throttle);
    this.timer = new DueTimer(scheduler, callbacks, this::deliverDue);
  }

  @Override
  public void onAgentStatus(AgentStatusUpdate update) {
    if (timer.isClosed()) {
      return;
    }
    boolean now = throttle.offer(update, scheduler.nanoTime());
    timer.arm(throttle.nextDue());
    if (now) {
      listener.onAgentStatus(update);
    }
  }

  /**
   * Ends the delivery and calls the timer off. May be called from any thread, any number of times.
   *
   * @param flush {@code true} to deliver what is held first, as the callback executor's next task
   */
  public void close(boolean flush) {
    boolean wasOpen = timer.close();
    if (flush && wasOpen) {
      callbacks.execute(this::deliverHeld);
    }
  }

  private void deliverDue() {
    if (timer.isClosed()) {
      return;
    }
    Failures failures = new Failures();
    // The time is read for each one: a slow listener must not bring two updates of one agent
    // together.
    for (AgentStatusUpdate update = throttle.pollDue(scheduler.nanoTime());
        update != null;
        update = throttle.pollDue(scheduler.nanoTime())) {
      AgentStatusUpdate due = update;
      failures.guard(() -> listener.onAgentStatus(due));
    }
    timer.arm(throttle.nextDue());
    failures.rethrow();
  }

  private void deliverHeld() {
    Failures failures = new Failures();
    throttle.drain().forEach(update -> failures.guard(() -> listener.onAgentStatus(update)));
    failures.rethrow();
  }
}

package io.agentcraft.client.internal.inbound;

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
  private volatile boolean ended;

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
    if (ended) {
      return;
    }
    boolean now = throttle.offer(update, scheduler.nanoTime());
    timer.arm(throttle.nextDue());
    if (now) {
      listener.onAgentStatus(update);
    }
  }

  /**
   * Ends the delivery and calls the timer off. May be called from any thread, any number of times; the first counts.
   *
   * @param flush {@code true} to take in what the callback executor has been given already and then deliver what is
   *     held, due or not; {@code false} to deliver nothing more
   */
  public void close(boolean flush) {
    if (!timer.close()) {
      return;
    }
    if (flush) {
      callbacks.execute(this::deliverHeld);
    } else {
      ended = true;
    }
  }

  private void deliverDue() {
    if (ended) {
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
    ended = true;
    Failures failures = new Failures();
    throttle.drain().forEach(update -> failures.guard(() -> listener.onAgentStatus(update)));
    failures.rethrow();
  }
}

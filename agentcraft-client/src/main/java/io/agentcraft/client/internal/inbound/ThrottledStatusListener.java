package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.guard.Failures;
import io.agentcraft.client.listener.AgentStatusListener;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Delivers at most N updates a second of each agent. Called on the callback executor, and calls the listener there. A listener
 * that throws loses no update of another agent: the exception is rethrown to the executor once the timer is set again.
 */
public final class ThrottledStatusListener implements AgentStatusListener {

  private final Scheduler scheduler;
  private final Executor callbacks;
  private final AgentStatusListener listener;
  private final StatusThrottle throttle;
  private final DueTimer timer;
  private volatile boolean ended;

  /**
   * Creates the wrapper.
   *
   * @param throttle how many updates
   * @param scheduler the clock and the timer
   * @param callbacks the callback executor; runs one task at a time, in order
   * @param listener receives what passes
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

  /**
   * Decides which update of which agent is delivered when: those of one agent at least one spacing apart, the newest of
   * those held. Times are readings of one monotonic clock, in nanoseconds. Confined; the caller delivers.
   */
  static final class StatusThrottle {

    private final long spacing;
    // In the order of the last delivery, so that agents gone quiet are at the front.
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final PriorityQueue<Slot> holding = new PriorityQueue<>(Slot::compareDelivery);
    private long deliveries;

    StatusThrottle(Throttle throttle) {
      this.spacing = throttle.spacing().toNanos();
    }

    /** Takes an update: {@code true} to deliver it now, {@code false} if it is held until {@link #nextDue()}. */
    boolean offer(AgentStatusUpdate update, long now) {
      forgetQuiet(now);
      Slot slot = slots.get(update.agentId());
      if (slot == null || isOver(slot, now)) {
        beginSlot(update.agentId(), now);
        return true;
      }
      if (slot.held == null) {
        holding.add(slot);
      }
      slot.held = update;
      return false;
    }

    /** Takes out one update that is due; {@code null} if none is. Counts as delivered now. */
    @Nullable
    AgentStatusUpdate pollDue(long now) {
      Slot slot = nextHolding();
      AgentStatusUpdate update = slot == null || !isOver(slot, now) ? null : slot.held;
      if (update != null) {
        beginSlot(update.agentId(), now);
      }
      return update;
    }

    /** When the next held update is due; empty if none is held. */
    OptionalLong nextDue() {
      Slot slot = nextHolding();
      return slot == null ? OptionalLong.empty() : OptionalLong.of(slot.delivered + spacing);
    }

    /** Takes out all that is held, due or not, soonest due first. */
    List<AgentStatusUpdate> drain() {
      List<AgentStatusUpdate> updates = new ArrayList<>();
      for (Slot slot = holding.poll(); slot != null; slot = holding.poll()) {
        if (slot.held != null) {
          updates.add(slot.held);
        }
      }
      slots.clear();
      return updates;
    }

    /** How many agents are remembered: those delivered within the last spacing, and those with an update held. */
    int agents() {
      return slots.size();
    }

    /** A newer delivery replaces what the agent's last slot still held. */
    private void beginSlot(String agentId, long now) {
      Slot last = slots.remove(agentId);
      if (last != null) {
        last.held = null;
      }
      slots.put(agentId, new Slot(now, deliveries++));
    }

    private @Nullable Slot nextHolding() {
      // Emptied slots are left in the queue, as taking one out of its middle would cost a search.
      while (!holding.isEmpty() && holding.element().held == null) {
        holding.remove();
      }
      return holding.peek();
    }

    private void forgetQuiet(long now) {
      Iterator<Slot> oldestFirst = slots.values().iterator();
      while (oldestFirst.hasNext()) {
        Slot slot = oldestFirst.next();
        if (slot.held != null || !isOver(slot, now)) {
          return;
        }
        oldestFirst.remove();
      }
    }

    private boolean isOver(Slot slot, long now) {
      // By difference, as the clock's readings may overflow.
      return now - slot.delivered >= spacing;
    }

    /** The time after a delivery of one agent: when that was, and what is held since. */
    private static final class Slot {

      private final long delivered;
      private final long order;
      private @Nullable AgentStatusUpdate held;

      private Slot(long delivered, long order) {
        this.delivered = delivered;
        this.order = order;
      }

      private static int compareDelivery(Slot a, Slot b) {
        return Long.compare(a.order, b.order);
      }
    }
  }
}

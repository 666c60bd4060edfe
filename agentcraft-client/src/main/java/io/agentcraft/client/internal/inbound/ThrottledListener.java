package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.guard.Failures;
import io.agentcraft.client.internal.guard.ImmutableJson;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers at most N values a second of each agent. Called on the callback executor, and calls the listener there. A listener
 * that throws loses no value of another agent: the exception is rethrown to the executor once the timer is set again.
 */
public final class ThrottledListener<T> implements Consumer<T> {

  private final Scheduler scheduler;
  private final Executor callbacks;
  private final Consumer<T> listener;
  private final Throttler<T> throttler;
  private final DueTimer timer;
  private boolean ended;

  /** How values are told apart and combined. */
  public interface Conflation<T> {

    /** Returns what identifies the agent. */
    Object key(T value);

    /** Combines a value that is held with a newer one of the same agent; {@code null} if nothing is left to deliver. */
    @Nullable
    T combine(T held, T newer);

    /** Returns how much memory a value takes, in characters. */
    long size(T value);

    /** Returns whether a value must be delivered at once, and must not get lost in a combination with another. */
    boolean isUrgent(T value);
  }

  /**
   * Creates the wrapper.
   *
   * @param throttle how many values
   * @param scheduler the clock and the timer
   * @param callbacks the callback executor; runs one task at a time, in order
   * @param listener receives what passes
   */
  public ThrottledListener(
      Throttle throttle,
      Conflation<T> conflation,
      Scheduler scheduler,
      Executor callbacks,
      Consumer<T> listener) {
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.listener = listener;
    this.throttler = new Throttler<>(throttle, conflation);
    this.timer = new DueTimer(scheduler, callbacks, this::deliverDue);
  }

  @Override
  public void accept(T value) {
    if (ended) {
      return;
    }
    List<T> passing = throttler.offer(value, scheduler.nanoTime());
    timer.arm(throttler.nextDue());
    deliver(passing);
    while (throttler.hasExcess()) {
      T excess = throttler.pollExcess(scheduler.nanoTime());
      if (excess != null) {
        listener.accept(excess);
      }
    }
  }

  /**
   * Calls the timer off and ends the delivery, with what is held, due or not, after what the callback executor has been given
   * already. May be called from any thread, any number of times; the first counts.
   */
  public void close() {
    if (timer.close()) {
      callbacks.execute(this::deliverHeld);
    }
  }

  private void deliverDue() {
    if (ended) {
      return;
    }
    Failures failures = new Failures();
    // The time is read for each one: a slow listener must not bring two values of one agent
    // together.
    for (T value = throttler.pollDue(scheduler.nanoTime());
        value != null;
        value = throttler.pollDue(scheduler.nanoTime())) {
      T due = value;
      failures.guard(() -> listener.accept(due));
    }
    timer.arm(throttler.nextDue());
    failures.rethrow();
  }

  private void deliverHeld() {
    ended = true;
    deliver(throttler.drain());
  }

  private void deliver(List<T> values) {
    Failures failures = new Failures();
    values.forEach(value -> failures.guard(() -> listener.accept(value)));
    failures.rethrow();
  }

  /**
   * Decides which value of which agent is delivered when: those of one agent at least one spacing apart, and what came in
   * between combined. Times are readings of one monotonic clock, in nanoseconds. Confined; the caller delivers.
   */
  static final class Throttler<T> {

    /** What is kept of all agents, in characters. Beyond it, the oldest values are delivered before they are due. */
    private static final long MAX_CHARS = 16 * CallbackBuffer.MAX_CHARS;

    /** What is kept of an agent beside the value that is held. */
    private static final int SLOT_CHARS = 120;

    private final long spacing;
    private final Conflation<T> conflation;
    // In the order of the last delivery, so that agents gone quiet are at the front.
    private final Map<Object, Slot<T>> slots = new LinkedHashMap<>();
    private final PriorityQueue<Slot<T>> holding = new PriorityQueue<>(Slot::compareDelivery);
    private long deliveries;
    private long chars;

    Throttler(Throttle throttle, Conflation<T> conflation) {
      this.spacing = throttle.spacing().toNanos();
      this.conflation = conflation;
    }

    /** Takes a value, and returns what to deliver now; what is held is due at {@link #nextDue()}. */
    List<T> offer(T value, long now) {
      forgetQuiet(now);
      Object key = conflation.key(value);
      Slot<T> slot = slots.get(key);
      T held = slot == null ? null : slot.held;
      T combined = held == null ? value : conflation.combine(held, value);
      boolean urgent = conflation.isUrgent(value);
      if (slot != null && !urgent && !isOver(slot, now)) {
        hold(slot, combined);
        return List.of();
      }
      beginSlot(key, now);
      if (held != null && urgent && (combined == null || !conflation.isUrgent(combined))) {
        return List.of(held, value);
      }
      return combined == null ? List.of() : List.of(combined);
    }

    /** Takes out one value that is due; {@code null} if none is. Counts as delivered now. */
    @Nullable
    T pollDue(long now) {
      Slot<T> slot = nextHolding();
      T value = slot == null || !isOver(slot, now) ? null : slot.held;
      if (slot != null && value != null) {
        beginSlot(slot.key, now);
      }
      return value;
    }

    /** Returns whether more is kept than is good for the memory. */
    boolean hasExcess() {
      return chars > MAX_CHARS;
    }

    /** Forgets the oldest agent, or takes out the value held for it, which counts as delivered now. */
    @Nullable
    T pollExcess(long now) {
      Slot<T> oldest = slots.values().iterator().next();
      T held = oldest.held;
      if (held != null) {
        beginSlot(oldest.key, now);
      } else {
        remove(oldest.key);
      }
      return held;
    }

    /** When the next held value is due; empty if none is held. */
    OptionalLong nextDue() {
      Slot<T> slot = nextHolding();
      return slot == null ? OptionalLong.empty() : OptionalLong.of(slot.delivered + spacing);
    }

    /** Takes out all that is held, due or not, soonest due first. */
    List<T> drain() {
      List<T> values = new ArrayList<>();
      for (Slot<T> slot = nextHolding(); slot != null; slot = nextHolding()) {
        if (slot.held != null) {
          values.add(slot.held);
        }
        slot.held = null;
      }
      slots.clear();
      chars = 0;
      return values;
    }

    /** How many agents are remembered: those delivered within the last spacing, and those with a value held. */
    int agents() {
      return slots.size();
    }

    private void hold(Slot<T> slot, @Nullable T value) {
      long size = value == null ? 0 : conflation.size(value);
      chars += size - slot.heldChars;
      slot.held = value;
      slot.heldChars = size;
      if (!slot.queued) {
        slot.queued = true;
        holding.add(slot);
      }
    }

    /** A newer delivery replaces what the agent's last slot still held. */
    private void beginSlot(Object key, long now) {
      remove(key);
      slots.put(key, new Slot<>(key, now, deliveries++));
      chars += charsOf(key);
    }

    private static long charsOf(Object key) {
      if (key instanceof List<?> parts) {
        return SLOT_CHARS + parts.stream().mapToLong(ImmutableJson::charsOf).sum();
      }
      return SLOT_CHARS + ImmutableJson.charsOf(key);
    }

    private void remove(Object key) {
      Slot<T> slot = slots.remove(key);
      if (slot != null) {
        chars -= charsOf(slot.key) + slot.heldChars;
        slot.held = null;
      }
    }

    private @Nullable Slot<T> nextHolding() {
      // Emptied slots are left in the queue, as taking one out of its middle would cost a search.
      while (!holding.isEmpty() && holding.element().held == null) {
        holding.remove().queued = false;
      }
      return holding.peek();
    }

    private void forgetQuiet(long now) {
      Iterator<Slot<T>> oldestFirst = slots.values().iterator();
      while (oldestFirst.hasNext()) {
        Slot<T> slot = oldestFirst.next();
        if (slot.held != null || !isOver(slot, now)) {
          return;
        }
        chars -= charsOf(slot.key) + slot.heldChars;
        oldestFirst.remove();
      }
    }

    private boolean isOver(Slot<T> slot, long now) {
      // By difference, as the clock's readings may overflow.
      return now - slot.delivered >= spacing;
    }

    /** The time after a delivery of one agent: when that was, and what is held since. */
    private static final class Slot<T> {

      private final Object key;
      private final long delivered;
      private final long order;
      private @Nullable T held;
      private long heldChars;
      private boolean queued;

      private Slot(Object key, long delivered, long order) {
        this.key = key;
        this.delivered = delivered;
        this.order = order;
      }

      private static int compareDelivery(Slot<?> a, Slot<?> b) {
        return Long.compare(a.order, b.order);
      }
    }
  }
}

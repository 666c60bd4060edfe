package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Collects messages, or changes, into batches. Called on the callback executor, and calls the listener there. */
public final class BatchingListener<T> implements Consumer<T> {

  private final Scheduler scheduler;
  private final Executor callbacks;
  private final Consumer<List<T>> listener;
  private final Batcher<T> batcher;
  private final DueTimer timer;
  private boolean ended;

  /**
   * Creates the wrapper.
   *
   * @param batching when a batch is complete
   * @param size returns how much memory a message takes, in characters
   * @param scheduler the clock and the timer
   * @param callbacks the callback executor; runs one task at a time, in order
   * @param listener gets the batches
   */
  public BatchingListener(
      Batching batching,
      ToLongFunction<? super T> size,
      Scheduler scheduler,
      Executor callbacks,
      Consumer<List<T>> listener) {
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.listener = listener;
    this.batcher = new Batcher<>(batching, size);
    this.timer = new DueTimer(scheduler, callbacks, this::deliverDue);
  }

  @Override
  public void accept(T message) {
    if (ended) {
      return;
    }
    List<T> batch = batcher.offer(message, scheduler.nanoTime());
    timer.arm(batcher.nextDue());
    deliver(batch);
  }

  /**
   * Calls the timer off and ends the delivery, with the batch begun, after what the callback executor has been given already.
   * May be called from any thread, any number of times; the first counts.
   */
  public void close() {
    if (timer.close()) {
      callbacks.execute(this::deliverLast);
    }
  }

  private void deliverDue() {
    if (ended) {
      return;
    }
    List<T> batch = batcher.pollDue(scheduler.nanoTime());
    timer.arm(batcher.nextDue());
    deliver(batch);
  }

  private void deliverLast() {
    ended = true;
    deliver(batcher.drain());
  }

  private void deliver(List<T> batch) {
    if (!batch.isEmpty()) {
      listener.accept(batch);
    }
  }

  /**
   * Decides when a batch is complete. Times are readings of one monotonic clock, in nanoseconds. Confined; the caller
   * delivers.
   */
  static final class Batcher<T> {

    private final int maxMessages;
    private final long maxDelay;
    private final ToLongFunction<? super T> size;
    private List<T> batch = new ArrayList<>();
    private long chars;
    private long began;

    Batcher(Batching batching, ToLongFunction<? super T> size) {
      this.maxMessages = batching.maxMessages();
      this.maxDelay = batching.maxDelay().toNanos();
      this.size = size;
    }

    /** Takes a message; returns the batch if that made it complete, otherwise an empty list. */
    List<T> offer(T message, long now) {
      if (batch.isEmpty()) {
        began = now;
      }
      batch.add(message);
      chars += size.applyAsLong(message);
      boolean complete = batch.size() >= maxMessages || chars >= CallbackBuffer.MAX_CHARS;
      return complete ? drain() : pollDue(now);
    }

    /** Takes out the batch if it has waited long enough, otherwise an empty list. */
    List<T> pollDue(long now) {
      return !batch.isEmpty() && now - began >= maxDelay ? drain() : List.of();
    }

    /** When the batch is due; empty if there is none. */
    OptionalLong nextDue() {
      return batch.isEmpty() ? OptionalLong.empty() : OptionalLong.of(began + maxDelay);
    }

    /** Takes out what there is, perhaps nothing; unmodifiable. */
    List<T> drain() {
      List<T> complete = Collections.unmodifiableList(batch);
      batch = new ArrayList<>();
      chars = 0;
      return complete;
    }
  }
}

package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.BatchListener;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Collects messages into batches. Called on the callback executor, and calls the listener there. */
public final class BatchingListener implements ServerMessageListener {

  private final Scheduler scheduler;
  private final Executor callbacks;
  private final BatchListener listener;
  private final MessageBatcher batcher;
  private final DueTimer timer;
  private volatile boolean ended;

  /**
   * Creates the wrapper.
   *
   * @param batching when a batch is complete
   * @param scheduler the clock and the timer
   * @param callbacks the callback executor; runs one task at a time, in order
   * @param listener gets the batches
   */
  public BatchingListener(
      Batching batching, Scheduler scheduler, Executor callbacks, BatchListener listener) {
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.listener = listener;
    this.batcher = new MessageBatcher(batching);
    this.timer = new DueTimer(scheduler, callbacks, this::deliverDue);
  }

  @Override
  public void onMessage(ServerMessage message) {
    if (ended) {
      return;
    }
    List<ServerMessage> batch = batcher.offer(message, scheduler.nanoTime());
    timer.arm(batcher.nextDue());
    deliver(batch);
  }

  /**
   * Ends the delivery and calls the timer off. May be called from any thread, any number of times; the first counts.
   *
   * @param flush {@code true} to take in what the callback executor has been given already and then deliver the batch
   *     begun; {@code false} to deliver nothing more
   */
  public void close(boolean flush) {
    if (!timer.close()) {
      return;
    }
    if (flush) {
      callbacks.execute(this::deliverLast);
    } else {
      ended = true;
    }
  }

  private void deliverDue() {
    if (ended) {
      return;
    }
    List<ServerMessage> batch = batcher.pollDue(scheduler.nanoTime());
    timer.arm(batcher.nextDue());
    deliver(batch);
  }

  private void deliverLast() {
    ended = true;
    deliver(batcher.drain());
  }

  private void deliver(List<ServerMessage> batch) {
    if (!batch.isEmpty()) {
      listener.onBatch(batch);
    }
  }

  /**
   * Decides when a batch is complete. Times are readings of one monotonic clock, in nanoseconds. Confined; the caller
   * delivers.
   */
  static final class MessageBatcher {

    private final int maxMessages;
    private final long maxDelay;
    private List<ServerMessage> batch = new ArrayList<>();
    private long began;

    MessageBatcher(Batching batching) {
      this.maxMessages = batching.maxMessages();
      this.maxDelay = batching.maxDelay().toNanos();
    }

    /** Takes a message; returns the batch if that made it complete, otherwise an empty list. */
    List<ServerMessage> offer(ServerMessage message, long now) {
      if (batch.isEmpty()) {
        began = now;
      }
      batch.add(message);
      return batch.size() >= maxMessages ? drain() : pollDue(now);
    }

    /** Takes out the batch if it has waited long enough, otherwise an empty list. */
    List<ServerMessage> pollDue(long now) {
      return !batch.isEmpty() && now - began >= maxDelay ? drain() : List.of();
    }

    /** When the batch is due; empty if there is none. */
    OptionalLong nextDue() {
      return batch.isEmpty() ? OptionalLong.empty() : OptionalLong.of(began + maxDelay);
    }

    /** Takes out what there is, perhaps nothing; unmodifiable. */
    List<ServerMessage> drain() {
      List<ServerMessage> complete = Collections.unmodifiableList(batch);
      batch = new ArrayList<>();
      return complete;
    }
  }
}

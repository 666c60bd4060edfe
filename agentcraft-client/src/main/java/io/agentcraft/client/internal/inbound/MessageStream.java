package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Subscription;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a stream: what it has not asked for yet waits in a buffer. Signals are given by one thread at a time,
 * whoever finds work to do and nobody at it.
 */
final class MessageStream<M> implements Flow.Subscription {

  private final Flow.Subscriber<? super M> subscriber;
  private final int bound;
  private final OverflowStrategy overflow;
  private final Turns turns;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger work = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  // Guarded by this.
  private final ArrayDeque<M> buffer = new ArrayDeque<>();
  private boolean holding;
  private @Nullable Subscription source;

  MessageStream(Flow.Subscriber<? super M> subscriber, int bound, OverflowStrategy overflow, Turns turns) {
    this.subscriber = subscriber;
    this.bound = bound;
    this.overflow = overflow;
    this.turns = turns;
  }

  /** Knows where its messages come from, to leave it when it ends. */
  void from(Subscription messages) {
    synchronized (this) {
      if (!cancelled) {
        source = messages;
        return;
      }
    }
    messages.close();
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Takes a message. Called by callbacks, one at a time. */
  void offer(M message) {
    synchronized (this) {
      if (cancelled || over) {
        return;
      }
      if (buffer.size() >= bound && overflow == OverflowStrategy.DROP_OLDEST) {
        buffer.remove();
        turns.dropped();
      }
      buffer.add(message);
      if (buffer.size() >= bound && overflow == OverflowStrategy.BLOCK && demand.get() == 0 && !holding) {
        holding = true;
        turns.hold();
      }
    }
    if (work.getAndIncrement() == 0) {
      emit();
    }
  }

  /** There will be no more messages: ends once all that waits was asked for. */
  void complete() {
    over = true;
    soon();
  }

  @Override
  public void request(long count) {
    if (count > 0) {
      demand.accumulateAndGet(count, MessageStream::sum);
    } else {
      failure = new IllegalArgumentException(
          "request(" + count + "): ask for 1 or more (rule 3.9 of Reactive Streams).");
    }
    soon();
  }

  @Override
  public void cancel() {
    Subscription left;
    synchronized (this) {
      cancelled = true;
      left = source;
      source = null;
      buffer.clear();
      releaseIfRoom();
    }
    if (left != null) {
      left.close();
    }
  }

  /** Emits in turn: neither on the thread of whoever asks, nor within a signal. */
  private void soon() {
    if (!cancelled && work.getAndIncrement() == 0) {
      turns.runNext(this::emit);
    }
  }

  private void emit() {
    int done = 1;
    while (done != 0) {
      signalAll();
      done = work.addAndGet(-done);
    }
  }

  private void signalAll() {
    try {
      while (!cancelled && signal()) {
        // Until there is nothing to tell.
      }
    } catch (Throwable broken) {
      // A subscriber must not throw (rule 2.13): it has lost its subscription.
      cancel();
      throw broken;
    }
  }

  /** Gives one signal; {@code false} if there is none to give. */
  private boolean signal() {
    Throwable error = failure;
    if (error != null) {
      cancel();
      subscriber.onError(error);
      return false;
    }
    M next = demand.get() > 0 ? poll() : null;
    if (next != null) {
      subscriber.onNext(next);
      return true;
    }
    if (over && isDrained()) {
      cancel();
      subscriber.onComplete();
    }
    return false;
  }

  private synchronized @Nullable M poll() {
    M next = buffer.poll();
    if (next != null) {
      demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
      releaseIfRoom();
    }
    return next;
  }

  private synchronized boolean isDrained() {
    return buffer.isEmpty();
  }

  private synchronized void releaseIfRoom() {
    if (holding && buffer.size() < bound) {
      holding = false;
      turns.release();
    }
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}

package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.guard.ThreadState;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Subscription;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Messages as a {@code Flow} publisher. Each subscriber has a buffer of its own for what it has not requested yet. */
public final class MessageStream<M> implements Flow.Publisher<M> {

  private final Source<M> source;
  private final Callbacks callbacks;
  private final Supplier<ToLongFunction<? super M>> sizes;
  private final int bound;
  private final OverflowStrategy overflow;

  /** Where the messages come from. */
  @FunctionalInterface
  public interface Source<M> {

    /**
     * Delivers messages from now on, one at a time.
     *
     * @param onEnd runs after the last message; at once if the source has ended already
     */
    Subscription subscribe(Consumer<M> onMessage, Runnable onEnd);
  }

  /** What a stream needs of the callbacks that its messages come with. */
  public interface Callbacks {

    /** Runs signals in order with all callbacks, but before those that are buffered; also during a hold. */
    void runFirst(Object subscriber, Runnable signals);

    /** Delivers nothing more, to any listener, until each hold is released. */
    void hold();

    /** Ends one hold. */
    void release();

    /** Counts a message that was dropped. */
    void countDropped();
  }

  /**
   * Creates a stream.
   *
   * @param sizes gives each subscriber what returns how much memory a message takes, in characters
   * @param bound how many messages are buffered for a subscriber
   */
  public MessageStream(
      Source<M> source,
      Callbacks callbacks,
      Supplier<ToLongFunction<? super M>> sizes,
      int bound,
      OverflowStrategy overflow) {
    this.source = source;
    this.callbacks = callbacks;
    this.sizes = sizes;
    this.bound = bound;
    this.overflow = overflow;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super M> subscriber) {
    BufferedSubscription subscription =
        new BufferedSubscription(Objects.requireNonNull(subscriber, "subscriber"));
    try {
      subscriber.onSubscribe(subscription);
    } catch (Throwable broken) {
      subscription.cancel();
      throw broken;
    }
    if (!subscription.cancelled) {
      subscription.from(source.subscribe(subscription::offer, subscription::complete));
    }
  }

  private record Sized<M>(M message, long size) {}

  /** One subscriber. Signals are given by one thread at a time: whichever finds work to do and no other thread at it. */
  private final class BufferedSubscription implements Flow.Subscription {

    private final Flow.Subscriber<? super M> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile boolean completed;
    private volatile @Nullable Throwable failure;

    // Guarded by this.
    private final ToLongFunction<? super M> sizeOf = sizes.get();
    private final ArrayDeque<Sized<M>> buffer = new ArrayDeque<>();
    private long chars;
    private boolean holding;
    private @Nullable Subscription upstream;

    BufferedSubscription(Flow.Subscriber<? super M> subscriber) {
      this.subscriber = subscriber;
    }

    /** Keeps the subscription to the source, which ends with this one. */
    void from(Subscription messages) {
      synchronized (this) {
        if (!cancelled) {
          upstream = messages;
          return;
        }
      }
      messages.close();
    }

    /** Takes a message. Called by callbacks, one at a time. */
    void offer(M message) {
      synchronized (this) {
        if (cancelled || completed) {
          return;
        }
        long size = sizeOf.applyAsLong(message);
        while (overflow == OverflowStrategy.DROP_OLDEST && !hasRoomFor(size)) {
          chars -= buffer.remove().size();
          callbacks.countDropped();
        }
        buffer.add(new Sized<>(message, size));
        chars += size;
        if (overflow == OverflowStrategy.BLOCK && isFull() && demand.get() == 0 && !holding) {
          holding = true;
          callbacks.hold();
        }
      }
      if (work.getAndIncrement() == 0) {
        emit();
      }
    }

    /** Ends the stream as soon as everything buffered was requested. */
    void complete() {
      completed = true;
      emitLater();
    }

    @Override
    public void request(long count) {
      if (count > 0) {
        demand.accumulateAndGet(count, MessageStream::saturatedSum);
      } else {
        failure = new IllegalArgumentException(
            "request(" + count + "): request 1 or more (rule 3.9 of Reactive Streams).");
      }
      emitLater();
    }

    @Override
    public void cancel() {
      Subscription left;
      synchronized (this) {
        cancelled = true;
        left = upstream;
        upstream = null;
        buffer.clear();
        chars = 0;
        releaseIfRoom();
      }
      if (left != null) {
        left.close();
      }
    }

    /** Emits with the callbacks: neither on the thread that requests, nor within a signal. */
    private void emitLater() {
      if (!cancelled && work.getAndIncrement() == 0) {
        callbacks.runFirst(subscriber, this::emit);
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
      boolean interrupted = false;
      try {
        boolean more = true;
        while (more) {
          ThreadState before = ThreadState.save();
          try {
            more = !cancelled && signal();
          } finally {
            interrupted |= before.restore();
          }
        }
      } catch (Throwable broken) {
        // A subscriber must not throw (rule 2.13): it has lost its subscription.
        cancel();
        throw broken;
      } finally {
        if (interrupted) {
          // Whoever runs the callbacks knows what it means.
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Gives one signal; returns {@code false} if there is none to give. */
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
      if (completed && isDrained()) {
        cancel();
        subscriber.onComplete();
      }
      return false;
    }

    private synchronized @Nullable M poll() {
      Sized<M> next = buffer.poll();
      if (next != null) {
        chars -= next.size();
        demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
        releaseIfRoom();
      }
      return next == null ? null : next.message();
    }

    private synchronized boolean isDrained() {
      return buffer.isEmpty();
    }

    private synchronized void releaseIfRoom() {
      if (holding && !isFull()) {
        holding = false;
        callbacks.release();
      }
    }

    private boolean isFull() {
      return buffer.size() >= bound || chars >= CallbackBuffer.MAX_CHARS;
    }

    /** Returns whether there is room for a message of this size, which may be any if it is the only one. */
    private boolean hasRoomFor(long added) {
      return buffer.isEmpty()
          || (buffer.size() < bound && chars + added <= CallbackBuffer.MAX_CHARS);
    }
  }

  private static long saturatedSum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}

package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Subscription;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A publisher of messages, of which each subscriber has a buffer of its own. */
public final class MessagePublisher<M> implements Flow.Publisher<M> {

  /** Where the messages come from. */
  @FunctionalInterface
  public interface Source<M> {

    /**
     * Brings messages from now on, one at a time.
     *
     * @param onEnd runs behind the last message, at once if that was before
     */
    Subscription subscribe(Consumer<M> onMessage, Runnable onEnd);
  }

  private final Source<M> source;
  private final Turns turns;
  private final int bound;
  private final OverflowStrategy overflow;

  public MessagePublisher(Source<M> source, Turns turns, int bound, OverflowStrategy overflow) {
    this.source = source;
    this.turns = turns;
    this.bound = bound;
    this.overflow = overflow;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super M> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    MessageStream<M> stream = new MessageStream<>(subscriber, bound, overflow, turns);
    try {
      subscriber.onSubscribe(stream);
    } catch (Throwable broken) {
      stream.cancel();
      throw broken;
    }
    if (!stream.isCancelled()) {
      stream.from(source.subscribe(stream::offer, stream::complete));
    }
  }
}

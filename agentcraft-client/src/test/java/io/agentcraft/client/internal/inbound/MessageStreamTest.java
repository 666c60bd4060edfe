package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Subscription;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageStreamTest {

  private final FakeTurns turns = new FakeTurns();
  private final Told told = new Told();
  private @Nullable Consumer<String> messages;
  private @Nullable Runnable end;
  private boolean left;

  @Test
  void givesWhatWasAskedForAndKeepsTheRest() {
    subscribe(4, OverflowStrategy.BLOCK);
    send("a", "b", "c");
    assertThat(told.signals).containsExactly("subscribed");
    told.request(2);
    assertThat(told.signals).as("not on the thread that asks").containsExactly("subscribed");
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "a", "b");
    told.request(2);
    turns.runAll();
    send("d");
    send("e");
    assertThat(told.signals).containsExactly("subscribed", "a", "b", "c", "d");
  }

  @Test
  void aFullBufferHoldsTheQueueUntilThereIsRoom() {
    subscribe(2, OverflowStrategy.BLOCK);
    send("a");
    assertThat(turns.holds).isZero();
    send("b");
    assertThat(turns.holds).isEqualTo(1);
    told.request(1);
    turns.runAll();
    assertThat(turns.holds).isZero();
    send("c");
    assertThat(turns.holds).isEqualTo(1);
    told.cancel();
    assertThat(turns.holds).isZero();
    assertThat(left).isTrue();
  }

  @Test
  void aBufferThatIsFullOfTextHoldsTheQueueAsWell() {
    subscribe(100, OverflowStrategy.BLOCK);
    send("a".repeat(600_000));
    assertThat(turns.holds).isZero();
    send("b".repeat(600_000));
    assertThat(turns.holds).isEqualTo(1);
    told.request(1);
    turns.runAll();
    assertThat(turns.holds).isZero();
    send("c".repeat(2_000_000));
    assertThat(turns.holds).as("one message may be of any size").isEqualTo(1);
    told.request(2);
    turns.runAll();
    assertThat(turns.holds).isZero();
    assertThat(told.signals).hasSize(4);
  }

  @Test
  void theOldestAreDroppedUntilThereIsRoomForTheText() {
    subscribe(100, OverflowStrategy.DROP_OLDEST);
    send("a".repeat(500_000), "b".repeat(500_000), "c", "d".repeat(900_000));
    assertThat(turns.drops).isEqualTo(2);
    send("e".repeat(7_500_000));
    assertThat(turns.drops).isEqualTo(4);
    send("f");
    assertThat(turns.drops).isEqualTo(5);
    told.request(9);
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "f");
  }

  @Test
  void aBufferIsNotFullForWhoAsksAtOnce() {
    told.atOnce = 10;
    subscribe(1, OverflowStrategy.BLOCK);
    turns.runAll();
    send("a", "b", "c");
    assertThat(told.signals).containsExactly("subscribed", "a", "b", "c");
    assertThat(turns.mostHolds).isZero();
  }

  @Test
  void dropsTheOldestAndCountsIt() {
    subscribe(2, OverflowStrategy.DROP_OLDEST);
    send("a", "b", "c", "d");
    assertThat(turns.holds).isZero();
    assertThat(turns.drops).isEqualTo(2);
    told.request(Long.MAX_VALUE);
    turns.runAll();
    send("e");
    assertThat(told.signals).containsExactly("subscribed", "c", "d", "e");
  }

  @Test
  void completesOnceAllWasAskedFor() {
    subscribe(4, OverflowStrategy.BLOCK);
    send("a", "b");
    end();
    turns.runAll();
    told.request(1);
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "a");
    told.request(1);
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "a", "b", "completed");
    end();
    send("c");
    turns.runAll();
    assertThat(told.signals).hasSize(4);
    assertThat(left).isTrue();
  }

  @Test
  void completesWithoutDemandWhenNothingWaits() {
    subscribe(4, OverflowStrategy.BLOCK);
    end();
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "completed");
  }

  @Test
  void demandAddsUpToNoMoreThanEverything() {
    told.atOnce = Long.MAX_VALUE;
    subscribe(1, OverflowStrategy.BLOCK);
    told.request(Long.MAX_VALUE);
    turns.runAll();
    send("a", "b");
    assertThat(told.signals).containsExactly("subscribed", "a", "b");
  }

  @Test
  void askingForNothingIsAnError() {
    subscribe(4, OverflowStrategy.BLOCK);
    told.request(0);
    told.request(-1);
    turns.runAll();
    assertThat(told.signals).hasSize(2).last().asString().startsWith("failed: request(");
    assertThat(left).isTrue();
  }

  @Test
  void aSubscriberThatThrowsHasLostItsSubscription() {
    told.atOnce = 10;
    told.bad = "b";
    subscribe(4, OverflowStrategy.BLOCK);
    turns.runAll();
    send("a");
    assertThatThrownBy(() -> send("b")).hasMessage("bad");
    send("c");
    turns.runAll();
    assertThat(told.signals).containsExactly("subscribed", "a", "b");
    assertThat(left).isTrue();
  }

  @Test
  void soHasOneThatThrowsWhatItCannotDeclare() {
    told.atOnce = 10;
    told.undeclared = true;
    subscribe(4, OverflowStrategy.BLOCK);
    turns.runAll();
    assertThatThrownBy(() -> send("a")).isInstanceOf(IOException.class);
    send("b");
    assertThat(told.signals).containsExactly("subscribed", "a");
    assertThat(left).isTrue();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception error) throws E {
    throw (E) error;
  }

  @Test
  void aSubscriberThatCancelsAtOnceNeverListens() {
    told.cancelsAtOnce = true;
    subscribe(4, OverflowStrategy.BLOCK);
    assertThat(messages).isNull();
  }

  @Test
  void aStreamOfAClientThatIsClosedCompletesAndLeaves() {
    MessageStream<String> publisher = new MessageStream<>(
        (onMessage, onEnd) -> {
          onEnd.run();
          turns.runAll();
          return () -> left = true;
        },
        turns,
        () -> String::length,
        4,
        OverflowStrategy.BLOCK);
    publisher.subscribe(told);
    assertThat(told.signals).containsExactly("subscribed", "completed");
    assertThat(left).isTrue();
  }

  private void subscribe(int bound, OverflowStrategy overflow) {
    publisher(bound, overflow).subscribe(told);
  }

  private MessageStream<String> publisher(int bound, OverflowStrategy overflow) {
    return new MessageStream<>(this::source, turns, () -> String::length, bound, overflow);
  }

  private Subscription source(Consumer<String> onMessage, Runnable onEnd) {
    messages = onMessage;
    end = onEnd;
    return () -> left = true;
  }

  private void send(String... all) {
    for (String one : all) {
      Objects.requireNonNull(messages).accept(one);
    }
  }

  private void end() {
    Objects.requireNonNull(end).run();
  }

  private static final class FakeTurns implements MessageStream.Callbacks {

    private final ArrayDeque<Runnable> next = new ArrayDeque<>();
    private int holds;
    private int mostHolds;
    private int drops;

    void runAll() {
      while (!next.isEmpty()) {
        next.remove().run();
      }
    }

    @Override
    public void runFirst(Object subscriber, Runnable task) {
      next.add(task);
    }

    @Override
    public void hold() {
      holds++;
      mostHolds = Math.max(mostHolds, holds);
    }

    @Override
    public void release() {
      holds--;
    }

    @Override
    public void countDropped() {
      drops++;
    }
  }

  private static final class Told implements Flow.Subscriber<String> {

    private final List<String> signals = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private long atOnce;
    private boolean cancelsAtOnce;
    private @Nullable String bad;
    private boolean undeclared;

    void request(long count) {
      Objects.requireNonNull(subscription).request(count);
    }

    void cancel() {
      Objects.requireNonNull(subscription).cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      signals.add("subscribed");
      if (atOnce > 0) {
        given.request(atOnce);
      }
      if (cancelsAtOnce) {
        given.cancel();
      }
    }

    @Override
    public void onNext(String item) {
      signals.add(item);
      if (undeclared) {
        sneak(new IOException("undeclared"));
      }
      if (item.equals(bad)) {
        throw new IllegalStateException("bad");
      }
    }

    @Override
    public void onError(Throwable error) {
      signals.add("failed: " + error.getMessage());
    }

    @Override
    public void onComplete() {
      signals.add("completed");
    }
  }
}

package io.agentcraft.client.internal.inbound;

import static io.agentcraft.client.internal.inbound.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchingListenerTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final List<List<ServerMessage>> heard = new ArrayList<>();
  private final BatchingListener<ServerMessage> batching =
      batching(Batching.of(Duration.ofMillis(50), 3));

  @Test
  void aBatchComesWhenItsFirstMessageHasWaitedLongEnough() {
    batching.accept(update("a", "1"));
    scheduler.advance(Duration.ofMillis(40));
    batching.accept(update("a", "2"));
    scheduler.advance(Duration.ofMillis(9));
    assertThat(heard).isEmpty();

    scheduler.advance(Duration.ofMillis(1));

    assertThat(heard).containsExactly(List.of(update("a", "1"), update("a", "2")));
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aBatchThatIsFullOfTextComesAtOnce() {
    BatchingListener<ServerMessage> large = batching(Batching.of(Duration.ofMillis(50), 1_000));
    large.accept(update("a", "1".repeat(600_000)));
    assertThat(heard).isEmpty();
    large.accept(update("a", "2".repeat(600_000)));
    assertThat(heard).hasSize(1);
    large.accept(update("a", "3"));
    assertThat(heard).hasSize(1);
    large.accept(update("a", "4".repeat(7_500_000)));
    assertThat(heard).hasSize(2);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void aFullBatchComesAtOnceAndCallsItsTimerOff() {
    for (int i = 1; i <= 3; i++) {
      batching.accept(update("a", Integer.toString(i)));
    }

    assertThat(heard).hasSize(1);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void theTimeOfABatchAfterAFullOneBeginsAnew() {
    for (int i = 1; i <= 3; i++) {
      scheduler.advance(Duration.ofMillis(10));
      batching.accept(update("a", Integer.toString(i)));
    }
    batching.accept(update("a", "4"));
    scheduler.advance(Duration.ofMillis(49));
    assertThat(heard).hasSize(1);

    scheduler.advance(Duration.ofMillis(1));

    assertThat(heard).hasSize(2).last().isEqualTo(List.of(update("a", "4")));
  }

  @Test
  void aBatchCannotBeChanged() {
    batching.accept(update("a", "1"));
    scheduler.advance(Duration.ofMillis(50));

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> heard.get(0).clear());
  }

  @Test
  void closingDeliversTheBatchBegunAndLeavesNoTimer() {
    batching.accept(update("a", "1"));

    batching.close();
    batching.close();
    batching.accept(update("a", "2"));
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(heard).containsExactly(List.of(update("a", "1")));
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void closingLosesNothingThatWaitsForTheExecutor() {
    Queue<Runnable> callbacks = new ArrayDeque<>();
    BatchingListener<ServerMessage> busy = new BatchingListener<>(
        Batching.of(Duration.ofMillis(50), 3),
        MessageSize::of,
        scheduler,
        callbacks::add,
        heard::add);
    for (int i = 1; i <= 4; i++) {
      ServerMessage message = update("a", Integer.toString(i));
      callbacks.add(() -> busy.accept(message));
    }

    busy.close();
    callbacks.forEach(Runnable::run);

    assertThat(heard).extracting(List::size).containsExactly(3, 1);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void batchesKeepOrderLoseNothingAndAreNeitherTooLongNorTooLate(long seed) {
    Random random = new Random(seed);
    Batching rule = Batching.of(Duration.ofMillis(1 + random.nextInt(80)), 1 + random.nextInt(12));
    List<ServerMessage> sent = new ArrayList<>();
    List<Instant> sentAt = new ArrayList<>();
    List<ServerMessage> arrived = new ArrayList<>();
    BatchingListener<ServerMessage> listener =
        new BatchingListener<>(rule, MessageSize::of, scheduler, scheduler::execute, batch -> {
          assertThat(batch).isNotEmpty().hasSizeLessThanOrEqualTo(rule.maxMessages());
          Instant first = sentAt.get(arrived.size());
          assertThat(Duration.between(first, scheduler.now())).isLessThanOrEqualTo(rule.maxDelay());
          arrived.addAll(batch);
        });

    for (int i = 0; i < 300; i++) {
      ServerMessage message = update("a", Integer.toString(i));
      sent.add(message);
      sentAt.add(scheduler.now());
      listener.accept(message);
      scheduler.advance(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 3 : 40)));
    }
    listener.close();

    assertThat(arrived).isEqualTo(sent);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  private BatchingListener<ServerMessage> batching(Batching rule) {
    return new BatchingListener<>(rule, MessageSize::of, scheduler, scheduler::execute, heard::add);
  }
}

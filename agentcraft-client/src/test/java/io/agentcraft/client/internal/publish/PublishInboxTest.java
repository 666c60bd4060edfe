package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishInboxTest {

  /** A loop that runs what it was given when told to, until it is gone. */
  private static final class Loop implements Scheduler {

    private final List<Runnable> given = new ArrayList<>();
    private boolean gone;

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public synchronized void execute(Runnable task) {
      if (gone) {
        throw new RejectedExecutionException();
      }
      given.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }

  private final Loop loop = new Loop();
  private final PublishInbox inbox =
      new PublishInbox(new EventLoop(loop), () -> {}, replaced -> {});

  @Test
  void theLoopIsWokenOnceForMany() {
    List<Publication> offered =
        IntStream.range(0, 5).mapToObj(i -> Publications.update("a" + i, "u")).toList();
    offered.forEach(this::offerAlone);
    assertThat(loop.given).hasSize(1);
    assertThat(inbox.drain()).isEqualTo(offered);
    offerAlone(Publications.update("a", "next"));
    assertThat(loop.given).hasSize(2);
  }

  /** Updates of one agent, a final one in capitals, {@code |} when the loop takes them. */
  @ParameterizedTest
  @CsvSource({
    "u1,                 u1,          ''",
    "u1 u2 u3,           u3,          u1 u2",
    "u1 | u2,            u1 u2,       ''",
    "u1 u2 | u3 u4,      u2 u4,       u1 u3",
    "u1 F2,              u1 F2,       ''",
    "u1 F2 u3,           u1 F2 u3,    ''",
    "u1 F2 u3 u4,        u1 F2 u4,    u3",
    "F1 F2 u3 F4,        F1 F2 u3 F4, ''",
    "u1 | F2 | u3 u4 u5, u1 F2 u5,    u3 u4",
  })
  void ofOneAgentTheNewestTakesThePlaceOfTheOneBefore(
      String offered, String taken, String replaced) {
    List<String> takenOnes = new ArrayList<>();
    List<String> replacedOnes = new ArrayList<>();
    for (String each : (offered + " |").split(" ", -1)) {
      if (each.equals("|")) {
        inbox.drain().forEach(one -> takenOnes.add(Publications.message(one)));
        continue;
      }
      Publication replacedOne = inbox.offer(
          each.startsWith("F") ? Publications.last("a", each) : Publications.update("a", each));
      if (replacedOne != null) {
        replacedOnes.add(Publications.message(replacedOne));
      }
    }

    assertThat(String.join(" ", takenOnes)).isEqualTo(taken);
    assertThat(String.join(" ", replacedOnes)).isEqualTo(replaced);
  }

  @Test
  void agentsKeepEachTheirOwnPlace() {
    Publication a2 = Publications.update("a", "a2");
    Publication b2 = Publications.update("b", "b2");
    inbox.offer(Publications.update("a", "a1"));
    inbox.offer(Publications.update("b", "b1"));
    inbox.offer(a2);
    inbox.offer(b2);

    assertThat(inbox.drain()).containsExactly(a2, b2);
  }

  private void offerAlone(Publication publication) {
    assertThat(inbox.offer(publication)).isNull();
  }

  @Test
  void whatCameBeforeTheCloseIsDrainedAndWhatComesAfterFails() {
    Publication before = Publications.update("a", "before");
    Publication after = Publications.update("a", "after");
    offerAlone(before);
    inbox.close();
    offerAlone(after);
    assertThat(inbox.drain()).containsExactly(before);
    assertThat(before.receipt()).isNotDone();
    assertThat(after.receipt())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(ClientClosedException.class);
  }

  @Test
  void aLoopThatIsGoneFailsWhatComes() {
    loop.gone = true;
    for (int i = 0; i < 2; i++) {
      Publication lost = Publications.update("a", "lost");
      offerAlone(lost);
      assertThat(lost.receipt()).isCompletedExceptionally();
    }
  }

  @Test
  void anOfferThatRacesWithTheCloseIsEitherDrainedOrFailed() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        PublishInbox racing = new PublishInbox(new EventLoop(loop), () -> {}, replaced -> {});
        List<Publication> offered = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          offered.add(Publications.update("a" + i, "u"));
        }
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        for (List<Publication> half : List.of(offered.subList(0, 10), offered.subList(10, 20))) {
          threads.execute(() -> {
            await(start);
            half.forEach(racing::offer);
            done.countDown();
          });
        }
        start.countDown();
        racing.close();
        List<Publication> drained = racing.drain();
        await(done);
        assertThat(offered).allMatch(one -> one.receipt().isDone() != drained.contains(one));
        assertThat(racing.drain()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void withThreadsAtItEachUpdateIsTakenOrReplacedOnceAndTheLastWordIsTakenLast() throws Exception {
    int count = 20_000;
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> replaced = new ArrayList<>();
      for (String agentId : List.of("a", "b", "c")) {
        replaced.add(threads.submit(() -> {
          int replacedOnes = 0;
          for (int i = 0; i < count; i++) {
            Publication next = i % 100 == 99
                ? Publications.last(agentId, String.valueOf(i))
                : Publications.update(agentId, String.valueOf(i));
            replacedOnes += inbox.offer(next) == null ? 0 : 1;
          }
          return replacedOnes;
        }));
      }
      Map<String, Integer> newest = new HashMap<>();
      int taken = 0;
      int kept = 0;
      boolean over = false;
      while (!over) {
        over = replaced.stream().allMatch(Future::isDone);
        for (Publication each : inbox.drain()) {
          int number = Integer.parseInt(Publications.message(each));
          assertThat(newest.getOrDefault(each.lane(), -1)).isLessThan(number);
          newest.put(each.lane(), number);
          taken++;
          kept += each.required() ? 1 : 0;
        }
      }
      for (Future<Integer> each : replaced) {
        taken += each.get();
      }

      assertThat(taken).isEqualTo(3 * count);
      assertThat(kept).isEqualTo(3 * count / 100);
      assertThat(newest.values()).containsOnly(count - 1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

package io.agentcraft.client.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.outbox.FrameBudget.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBudgetTest {

  private static final long SERVER_WINDOW = Duration.ofSeconds(60).toNanos();
  // The monotonic clock may overflow.
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noWindowOfAMinuteEverHoldsMoreThanTheLimit(long seed) {
    Random random = new Random(seed);
    int limit = 1 + random.nextInt(80);
    FrameBudget budget = new FrameBudget(limit);
    Share[] shares = Share.values();
    List<Long> sent = new ArrayList<>();
    long now = START;
    for (int i = 0; i < 2_000; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 3e9);
      long wait = budget.waitFor(shares[random.nextInt(shares.length)], now);
      if (wait == 0) {
        budget.sent(now);
        sent.add(now);
      } else if (random.nextInt(5) == 0) {
        now += wait;
      }
    }
    for (int i = limit; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - limit)).as("frame " + i).isGreaterThan(SERVER_WINDOW);
    }
    assertThat(sent).hasSizeGreaterThan(limit);
  }

  @ParameterizedTest
  @CsvSource({"60, 44, 52, 56, 60", "15, 11, 13, 14, 15", "1, 1, 1, 1, 1", "4, 1, 2, 3, 4"})
  void eachShareLeavesRoomForThoseAfterIt(int limit, int status, int last, int request, int pong) {
    FrameBudget budget = new FrameBudget(limit);

    assertThat(budget.limit(Share.STATUS)).isEqualTo(status);
    assertThat(budget.limit(Share.FINAL_STATUS)).isEqualTo(last);
    assertThat(budget.limit(Share.REQUEST)).isEqualTo(request);
    assertThat(budget.limit(Share.PONG)).isEqualTo(pong);
  }

  @Test
  void theWaitEndsExactlyWhenAFrameMayGo() {
    FrameBudget budget = new FrameBudget(60);
    for (int i = 0; i < 56; i++) {
      budget.sent(START + i);
    }
    long wait = budget.waitFor(Share.REQUEST, START + 60);

    assertThat(wait).isPositive();
    assertThat(budget.waitFor(Share.REQUEST, START + 60 + wait - 1)).isEqualTo(1);
    assertThat(budget.waitFor(Share.REQUEST, START + 60 + wait)).isZero();
    assertThat(budget.waitFor(Share.PONG, START + 60)).isZero();
  }

  @Test
  void aNewClientIdStartsAnewAndUnlimitedNeverWaits() {
    FrameBudget budget = new FrameBudget(1);
    budget.sent(START);
    assertThat(budget.waitFor(Share.REQUEST, START)).isPositive();
    budget.startAnew();
    assertThat(budget.waitFor(Share.REQUEST, START)).isZero();

    FrameBudget unlimited = new FrameBudget(FrameBudget.UNLIMITED);
    for (int i = 0; i < 10_000; i++) {
      unlimited.sent(START);
    }
    assertThat(unlimited.waitFor(Share.STATUS, START)).isZero();
  }
}

package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateLimiterTest {

  private static final long SERVER_WINDOW = Duration.ofSeconds(60).toNanos();
  // The monotonic clock may overflow.
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noWindowOfAMinuteEverHoldsMoreThanTheLimit(long seed) {
    Random random = new Random(seed);
    int limit = 1 + random.nextInt(80);
    FrameRateLimiter budget = new FrameRateLimiter(limit, Meter.NONE);
    Share[] shares = Share.values();
    List<Long> sent = new ArrayList<>();
    long now = START;
    for (int i = 0; i < 2_000; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 3e9);
      Share share = shares[random.nextInt(shares.length)];
      long wait = budget.waitFor(share, now);
      if (wait == 0) {
        if (share == Share.PONG) {
          budget.pongSent(now);
        } else {
          budget.sent(share, now);
        }
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

  @Test
  void pongsThatTheLoopHasNotSeenYetTakeRoom() {
    FrameRateLimiter budget = new FrameRateLimiter(60, Meter.NONE);
    for (int i = 0; i < 100; i++) {
      budget.pongSent(START + i);
    }

    assertThat(budget.waitFor(Share.REQUEST, START + 100)).isPositive();

    budget.startAnew();
    assertThat(budget.waitFor(Share.REQUEST, START + 100)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"60, 44, 52, 51, 60", "15, 11, 13, 12, 15", "1, 1, 1, 1, 1", "4, 1, 2, 1, 4"})
  void eachShareLeavesRoomForThoseAfterIt(int limit, int status, int last, int request, int pong) {
    FrameRateLimiter budget = new FrameRateLimiter(limit, Meter.NONE);

    assertThat(budget.limit(Share.STATUS)).isEqualTo(status).isEqualTo(taken(limit, Share.STATUS));
    assertThat(budget.limit(Share.FINAL_STATUS))
        .isEqualTo(last)
        .isEqualTo(taken(limit, Share.FINAL_STATUS));
    assertThat(budget.limit(Share.REQUEST))
        .isEqualTo(request)
        .isEqualTo(taken(limit, Share.REQUEST));
    assertThat(budget.limit(Share.PONG)).isEqualTo(pong).isEqualTo(taken(limit, Share.PONG));
  }

  private static int taken(int limit, Share share) {
    FrameRateLimiter budget = new FrameRateLimiter(limit, Meter.NONE);
    int taken = 0;
    while (budget.waitFor(share, START) == 0 && taken < 100) {
      budget.sent(share, START);
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({"REQUEST, FINAL_STATUS", "FINAL_STATUS, REQUEST", "REQUEST, STATUS"})
  void aFloodOfOneShareDoesNotStarveAnother(Share flood, Share other) {
    FrameRateLimiter budget = new FrameRateLimiter(60, Meter.NONE);
    int others = 0;
    for (int second = 0; second < 3_600; second++) {
      long now = START + Duration.ofSeconds(second).toNanos();
      for (int i = 0; i < 3 && budget.waitFor(flood, now) == 0; i++) {
        budget.sent(flood, now);
      }
      if (budget.waitFor(other, now) == 0) {
        budget.sent(other, now);
        others++;
      }
    }
    // Once a window at the least.
    assertThat(others).isGreaterThanOrEqualTo(3_600 / 65);
  }

  @Test
  void theWaitEndsExactlyWhenAFrameMayGo() {
    FrameRateLimiter budget = new FrameRateLimiter(60, Meter.NONE);
    for (int i = 0; i < 51; i++) {
      budget.sent(Share.REQUEST, START + i);
    }
    long wait = budget.waitFor(Share.REQUEST, START + 60);

    assertThat(wait).isPositive();
    assertThat(budget.waitFor(Share.REQUEST, START + 60 + wait - 1)).isEqualTo(1);
    assertThat(budget.waitFor(Share.REQUEST, START + 60 + wait)).isZero();
    assertThat(budget.waitFor(Share.PONG, START + 60)).isZero();
  }

  @Test
  void aNewClientIdStartsAnewAndUnlimitedNeverWaits() {
    FrameRateLimiter budget = new FrameRateLimiter(1, Meter.NONE);
    budget.sent(Share.REQUEST, START);
    assertThat(budget.waitFor(Share.REQUEST, START)).isPositive();
    budget.startAnew();
    assertThat(budget.waitFor(Share.REQUEST, START)).isZero();

    FrameRateLimiter unlimited = new FrameRateLimiter(FrameRateLimiter.UNLIMITED, Meter.NONE);
    for (int i = 0; i < 10_000; i++) {
      unlimited.sent(Share.STATUS, START);
    }
    assertThat(unlimited.waitFor(Share.STATUS, START)).isZero();
  }
}

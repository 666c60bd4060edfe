package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.testing.ManualScheduler;
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
    FrameRateLimiter limiter = new FrameRateLimiter(limit, Instrumentation.NONE);
    Share[] shares = Share.values();
    List<Long> sent = new ArrayList<>();
    long now = START;
    for (int i = 0; i < 2_000; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 3e9);
      Share share = shares[random.nextInt(shares.length)];
      long wait = limiter.waitFor(share, now);
      if (wait == 0) {
        if (share == Share.PONG) {
          limiter.pongSent(now);
        } else {
          limiter.sent(share, now);
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
    FrameRateLimiter limiter = new FrameRateLimiter(60, Instrumentation.NONE);
    for (int i = 0; i < 100; i++) {
      limiter.pongSent(START + i);
    }

    assertThat(limiter.waitFor(Share.REQUEST, START + 100)).isPositive();

    limiter.onUp(connection(1));
    assertThat(limiter.waitFor(Share.REQUEST, START + 100)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"60, 44, 52, 51, 60", "15, 11, 13, 12, 15", "1, 1, 1, 1, 1", "4, 1, 2, 1, 4"})
  void eachShareLeavesRoomForThoseAfterIt(int limit, int status, int last, int request, int pong) {
    FrameRateLimiter limiter = new FrameRateLimiter(limit, Instrumentation.NONE);

    assertThat(limiter.limit(Share.STATUS)).isEqualTo(status).isEqualTo(taken(limit, Share.STATUS));
    assertThat(limiter.limit(Share.FINAL_STATUS))
        .isEqualTo(last)
        .isEqualTo(taken(limit, Share.FINAL_STATUS));
    assertThat(limiter.limit(Share.REQUEST))
        .isEqualTo(request)
        .isEqualTo(taken(limit, Share.REQUEST));
    assertThat(limiter.limit(Share.PONG)).isEqualTo(pong).isEqualTo(taken(limit, Share.PONG));
  }

  private static int taken(int limit, Share share) {
    FrameRateLimiter limiter = new FrameRateLimiter(limit, Instrumentation.NONE);
    int taken = 0;
    while (limiter.waitFor(share, START) == 0 && taken < 100) {
      limiter.sent(share, START);
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({"REQUEST, FINAL_STATUS", "FINAL_STATUS, REQUEST", "REQUEST, STATUS"})
  void aFloodOfOneShareDoesNotStarveAnother(Share flood, Share other) {
    FrameRateLimiter limiter = new FrameRateLimiter(60, Instrumentation.NONE);
    int others = 0;
    for (int second = 0; second < 3_600; second++) {
      long now = START + Duration.ofSeconds(second).toNanos();
      for (int i = 0; i < 3 && limiter.waitFor(flood, now) == 0; i++) {
        limiter.sent(flood, now);
      }
      if (limiter.waitFor(other, now) == 0) {
        limiter.sent(other, now);
        others++;
      }
    }
    // Once a window at the least.
    assertThat(others).isGreaterThanOrEqualTo(3_600 / 65);
  }

  @Test
  void theWaitEndsExactlyWhenAFrameMayGo() {
    FrameRateLimiter limiter = new FrameRateLimiter(60, Instrumentation.NONE);
    for (int i = 0; i < 51; i++) {
      limiter.sent(Share.REQUEST, START + i);
    }
    long wait = limiter.waitFor(Share.REQUEST, START + 60);

    assertThat(wait).isPositive();
    assertThat(limiter.waitFor(Share.REQUEST, START + 60 + wait - 1)).isEqualTo(1);
    assertThat(limiter.waitFor(Share.REQUEST, START + 60 + wait)).isZero();
    assertThat(limiter.waitFor(Share.PONG, START + 60)).isZero();
  }

  /** Asking often, before and after other frames, gives the same answer as asking once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theWaitDoesNotDependOnWhoAskedBefore(long seed) {
    Random random = new Random(seed);
    int limit = 1 + random.nextInt(80);
    FrameRateLimiter asked = new FrameRateLimiter(limit, Instrumentation.NONE);
    asked.onUp(connection(1));
    Share[] shares = Share.values();
    List<Runnable> replay = new ArrayList<>();
    FrameRateLimiter[] fresh = new FrameRateLimiter[1];
    long now = START;
    for (int i = 0; i < 300; i++) {
      now += (long) (random.nextDouble() * 3e9);
      Share share = shares[random.nextInt(shares.length)];
      long at = now;
      if (random.nextInt(3) > 0) {
        asked.sent(share, at);
        replay.add(() -> fresh[0].sent(share, at));
      } else if (random.nextInt(20) == 0) {
        asked.onUp(connection(i + 2));
        replay.clear();
      }
      fresh[0] = new FrameRateLimiter(limit, Instrumentation.NONE);
      replay.forEach(Runnable::run);
      for (Share each : shares) {
        assertThat(asked.waitFor(each, now)).isEqualTo(fresh[0].waitFor(each, now));
      }
    }
  }

  @Test
  void aNewClientIdStartsWithTheWholeLimitAndTheSameIdDoesNot() {
    FrameRateLimiter limiter = new FrameRateLimiter(1, Instrumentation.NONE);
    limiter.onUp(connection(1));
    limiter.sent(Share.REQUEST, START);
    limiter.onUp(connection(1));
    assertThat(limiter.waitFor(Share.REQUEST, START)).isPositive();
    limiter.onUp(connection(2));
    assertThat(limiter.waitFor(Share.REQUEST, START)).isZero();
  }

  @Test
  void unlimitedNeverWaits() {
    FrameRateLimiter unlimited =
        new FrameRateLimiter(FrameRateLimiter.UNLIMITED, Instrumentation.NONE);
    for (int i = 0; i < 10_000; i++) {
      unlimited.sent(Share.STATUS, START);
    }
    assertThat(unlimited.waitFor(Share.STATUS, START)).isZero();
  }

  private static Connection connection(long number) {
    return FakeSocket.connection(number, new FakeSocket(), ManualScheduler.inline());
  }
}

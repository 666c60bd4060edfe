package io.agentcraft.client.internal.inbound;

import static io.agentcraft.client.internal.inbound.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any updates of any agents at any times, with an executor that is late at random. */
class ThrottlePropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLastUpdateAlwaysComesAndNoSecondHasMoreThanN(long seed) {
    Random random = new Random(seed);
    int perSecond = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
    ManualScheduler scheduler = ManualScheduler.inline();
    Queue<Runnable> callbacks = new ArrayDeque<>();
    Map<String, List<Instant>> times = new HashMap<>();
    Map<String, String> lastHeard = new HashMap<>();
    Map<String, String> lastSent = new HashMap<>();
    ThrottledListener<AgentStatusUpdate> throttled = new ThrottledListener<>(
        Throttle.perSecond(perSecond), Updates.LATEST, scheduler, callbacks::add, update -> {
          times.computeIfAbsent(update.agentId(), id -> new ArrayList<>()).add(scheduler.now());
          lastHeard.put(update.agentId(), update.message());
        });

    int agents = 1 + random.nextInt(8);
    for (int i = 0; i < 600; i++) {
      AgentStatusUpdate update = update("agent-" + random.nextInt(agents), Integer.toString(i));
      lastSent.put(update.agentId(), update.message());
      callbacks.add(() -> throttled.accept(update));
      if (random.nextInt(4) > 0) {
        runAll(callbacks);
      }
      scheduler.advance(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 5 : 60)));
    }
    while (!callbacks.isEmpty() || scheduler.pendingTimers() > 0) {
      runAll(callbacks);
      scheduler.advance(Duration.ofMillis(10));
    }

    assertThat(lastHeard).isEqualTo(lastSent);
    times.values().forEach(heard -> assertNoSecondHasMoreThan(perSecond, heard));
  }

  /** If any second, without its end, had N + 1, then some N + 1 in a row would be less than a second apart. */
  private static void assertNoSecondHasMoreThan(int perSecond, List<Instant> heard) {
    for (int i = perSecond; i < heard.size(); i++) {
      assertThat(Duration.between(heard.get(i - perSecond), heard.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  private static void runAll(Queue<Runnable> callbacks) {
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }
}

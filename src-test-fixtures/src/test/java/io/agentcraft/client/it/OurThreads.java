package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** The SDK's own threads, known by their names. */
final class OurThreads {

  private static final List<String> NAMES =
      List.of("agentcraft-loop-", "agentcraft-callback-", "agentcraft-socket-");

  private OurThreads() {}

  static List<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> NAMES.stream().anyMatch(name -> thread.getName().startsWith(name)))
        .toList();
  }

  /** Waits for the end of all of them. */
  static void awaitNone() {
    long deadline = System.nanoTime() + Await.PATIENCE.toNanos();
    for (List<Thread> left = runningOrCalling();
        !left.isEmpty() && System.nanoTime() < deadline;
        left = runningOrCalling()) {
      joinBriefly(left.get(0));
    }
    assertThat(runningOrCalling()).isEmpty();
  }

  /** While a thread runs a call, OkHttp gives it another name: it may be one of ours. */
  private static List<Thread> runningOrCalling() {
    return Stream.concat(
            running().stream(),
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("OkHttp http")))
        .toList();
  }

  private static void joinBriefly(Thread thread) {
    try {
      thread.join(10);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits until no more than so many are left: a pool keeps its idle threads for a while. */
  static void awaitAtMost(int most) {
    List<Thread> now = running();
    Stream<Thread> pool =
        now.stream().filter(thread -> thread.getName().startsWith("agentcraft-callback-"));
    pool.skip(most).forEach(OurThreads::join);
    assertThat(running()).hasSizeLessThanOrEqualTo(most);
  }

  private static void join(Thread thread) {
    try {
      thread.join(Await.PATIENCE.toMillis());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
  }
}

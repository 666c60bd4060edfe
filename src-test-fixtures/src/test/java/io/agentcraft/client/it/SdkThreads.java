package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Threads by their names, above all the SDK's own. */
public final class SdkThreads {

  private static final String SDK = "^agentcraft-(loop|callback|socket)-";

  /** While a thread runs a call, OkHttp gives it another name: it may belong to the SDK. */
  private static final String SDK_OR_CALLING = SDK + "|^OkHttp http";

  private SdkThreads() {}

  static List<Thread> running() {
    return named(SDK);
  }

  /** Waits for the end of all of them. */
  static void awaitNone() {
    awaitNone(SDK_OR_CALLING);
  }

  /** Waits until no more than this many are left: a pool keeps its idle threads for a while. */
  static void awaitAtMost(int most) {
    List<Thread> pool = named("^agentcraft-callback-");
    awaitEnd(pool.subList(Math.min(most, pool.size()), pool.size()));
    assertThat(running()).hasSizeLessThanOrEqualTo(most);
  }

  /** Returns the threads in whose names a regular expression is found. */
  public static List<Thread> named(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> pattern.matcher(thread.getName()).find())
        .toList();
  }

  /** Waits until no thread has such a name, by its end or by another name. */
  public static void awaitNone(String regex) {
    Await.until("the end of threads named " + regex, () -> {
      List<Thread> left = named(regex);
      left.stream().limit(1).forEach(thread -> join(thread, 10));
      return left.isEmpty();
    });
  }

  /** Waits for the end of these threads. */
  public static void awaitEnd(List<Thread> threads) {
    for (Thread thread : threads) {
      join(thread, Await.TIMEOUT.toMillis());
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static void join(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

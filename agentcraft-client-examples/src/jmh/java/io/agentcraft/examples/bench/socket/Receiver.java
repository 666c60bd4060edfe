package io.agentcraft.examples.bench.socket;

import io.agentcraft.examples.bench.table.Child;
import java.util.concurrent.atomic.AtomicLong;

/** A JVM with contestants that receive; it tells frames, nanoseconds, and nanoseconds of processor time. */
public final class Receiver {

  private Receiver() {}

  /**
   * Receives until the parent has gone.
   *
   * @param args contestant, URL, how many connections
   * @throws Exception if it can't connect
   */
  public static void main(String[] args) throws Exception {
    Contestant contestant = Contestant.valueOf(args[0]);
    int connections = Integer.parseInt(args[2]);
    AtomicLong[] received = new AtomicLong[connections];
    AtomicLong sums = new AtomicLong();
    for (int i = 0; i < connections; i++) {
      AtomicLong frames = new AtomicLong();
      received[i] = frames;
      // One listener call at a time, so nothing dearer than this is needed to count.
      contestant.connect(args[1], sum -> {
        frames.lazySet(frames.get() + 1);
        sums.lazySet(sum);
      });
    }
    Child.serve(question -> {
      long frames = 0;
      for (AtomicLong one : received) {
        frames += one.get();
      }
      return new long[] {frames, System.nanoTime(), Child.cpuNanos()};
    });
  }
}

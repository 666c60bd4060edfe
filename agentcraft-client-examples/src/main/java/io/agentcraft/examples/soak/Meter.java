package io.agentcraft.examples.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Measures this process. */
final class Meter {

  private static final int MOST_COLLECTIONS = 6;

  private final OpenSockets sockets = OpenSockets.here();

  Usage measure() {
    long heap = heapAfterCollection();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return new Usage(heap, threads, sockets.count());
  }

  OpenSockets sockets() {
    return sockets;
  }

  /** One collection frees what the next can only find because of it: collects until nothing more is freed. */
  private static long heapAfterCollection() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < MOST_COLLECTIONS; i++) {
      memory.gc();
      long now = memory.getHeapMemoryUsage().getUsed();
      if (now >= used) {
        break;
      }
      used = now;
    }
    return used;
  }
}

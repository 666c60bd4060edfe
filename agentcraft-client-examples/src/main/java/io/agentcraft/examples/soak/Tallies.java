package io.agentcraft.examples.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What all clients counted together. Safe to use from any thread. */
final class Tallies {

  private final LongAdder messages = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  void message() {
    messages.increment();
  }

  void reconnect() {
    reconnects.increment();
  }

  void error(Throwable error) {
    errors
        .computeIfAbsent(error.getClass().getSimpleName(), name -> new LongAdder())
        .increment();
  }

  Counts counts() {
    Map<String, Long> byName = new TreeMap<>();
    errors.forEach((name, count) -> byName.put(name, count.sum()));
    return new Counts(messages.sum(), reconnects.sum(), byName);
  }

  /** A reading of all counters. */
  record Counts(long messages, long reconnects, Map<String, Long> errors) {

    Counts {
      errors = Map.copyOf(errors);
    }

    long errorCount() {
      return errors.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}

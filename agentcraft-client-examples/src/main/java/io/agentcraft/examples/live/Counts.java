package io.agentcraft.examples.live;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted up to one moment. Immutable.
 *
 * @param messages how many messages came, by wire type
 * @param connections how often the WebSocket was opened
 * @param losses why each connection that was open ended, in words
 * @param errorCount how many errors there were
 * @param errors the first errors, in words
 */
public record Counts(
    SortedMap<String, Long> messages,
    int connections,
    List<String> losses,
    int errorCount,
    List<String> errors) {

  /** Before anything happened. */
  public static final Counts NONE = new Counts(new TreeMap<>(), 0, List.of(), 0, List.of());

  public Counts {
    messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
    losses = List.copyOf(losses);
    errors = List.copyOf(errors);
  }

  /**
   * Counts the times that a connection was opened after another.
   *
   * @return 0 or more
   */
  public int reconnects() {
    return Math.max(0, connections - 1);
  }

  /**
   * Counts the messages of one type.
   *
   * @param type the wire type
   * @return how many came
   */
  public long messages(String type) {
    return messages.getOrDefault(type, 0L);
  }

  /**
   * Counts all messages.
   *
   * @return how many came
   */
  public long total() {
    return messages.values().stream().mapToLong(Long::longValue).sum();
  }
}

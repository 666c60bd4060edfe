package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a client receives. Safe for use by any thread. */
public final class Tally {

  /** Stands for the types beyond the bound. */
  static final String OTHER_TYPES = "(other types)";

  /** A server may send any number of types, with names of any length. */
  static final int MAX_TYPES = 100;

  private static final int MAX_TYPE_LENGTH = 64;
  private static final int ERRORS_KEPT = 10;
  private static final int LOSSES_KEPT = 100;

  /** One kind of error must not hide another. Errors of one kind begin with the same words. */
  private static final int ERRORS_KEPT_OF_A_KIND = 3;

  private static final int KIND_LENGTH = 20;
  private static final int MAX_TEXT_LENGTH = 1_000;

  // All guarded by this.
  private final SortedMap<String, Long> messages = new TreeMap<>();
  private final List<String> losses = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private ConnectionState last = ConnectionState.INITIAL;
  private int connections;
  private int errorCount;

  /**
   * The counts at one moment. Immutable.
   *
   * @param messages how many messages were received, by wire type; those of types beyond a bound together
   * @param connections how often the WebSocket was opened
   * @param losses a description of why each connection that was open ended
   * @param errorCount how many errors there were
   * @param errors descriptions of the first errors of each kind
   */
  public record Counts(
      SortedMap<String, Long> messages,
      int connections,
      List<String> losses,
      int errorCount,
      List<String> errors) {

    public Counts {
      messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
      losses = List.copyOf(losses);
      errors = List.copyOf(errors);
    }

    /**
     * Returns how often a connection was opened after another.
     *
     * @return 0 or more
     */
    public int reconnects() {
      return Math.max(0, connections - 1);
    }

    /**
     * Returns how many messages of one type were received.
     *
     * @param type the wire type
     * @return the number of messages
     */
    public long messages(String type) {
      return messages.getOrDefault(type, 0L);
    }

    /**
     * Returns how many messages were received.
     *
     * @return the number of messages of all types
     */
    public long total() {
      return messages.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Counts what a client receives from now on.
   *
   * @param client a client that is not connected yet
   */
  public void attachTo(AgentCraftClient client) {
    client.onMessage(this::count);
    client.onConnectionState(this::count);
    client.onError(error -> countError(Advice.inOptions(error.getMessage())));
  }

  /**
   * Counts a message.
   *
   * @param message the message
   */
  public synchronized void count(ServerMessage message) {
    String type = cut(message.type(), MAX_TYPE_LENGTH);
    boolean counted = messages.containsKey(type) || messages.size() < MAX_TYPES;
    messages.merge(counted ? type : OTHER_TYPES, 1L, Long::sum);
  }

  /**
   * Counts a change of the connection.
   *
   * @param state the new state
   */
  public synchronized void count(ConnectionState state) {
    if (state.isConnected() && !last.isConnected()) {
      connections++;
    }
    if (last.isConnected() && state.cause() != null && losses.size() < LOSSES_KEPT) {
      losses.add(cut(Advice.description(state.cause()), MAX_TEXT_LENGTH));
    }
    last = state;
  }

  /**
   * Counts an error.
   *
   * @param error its description
   */
  public synchronized void countError(String error) {
    errorCount++;
    String kind = error.substring(0, Math.min(KIND_LENGTH, error.length()));
    long known = errors.stream().filter(kept -> kept.startsWith(kind)).count();
    if (errors.size() < ERRORS_KEPT && known < ERRORS_KEPT_OF_A_KIND) {
      errors.add(cut(error, MAX_TEXT_LENGTH));
    }
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /**
   * Returns the counts so far.
   *
   * @return the counts
   */
  public synchronized Counts counts() {
    return new Counts(messages, connections, losses, errorCount, errors);
  }
}

package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a client hears. Safe for use by any thread. */
public final class Tally {

  private static final int ERRORS_KEPT = 10;
  private static final int LOSSES_KEPT = 100;

  // All guarded by this.
  private final SortedMap<String, Long> messages = new TreeMap<>();
  private final List<String> losses = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private ConnectionState last = ConnectionState.INITIAL;
  private int connections;
  private int errorCount;

  /**
   * Counts what a client hears from now on.
   *
   * @param client a client that is not connected yet
   */
  public void attachTo(AgentCraftClient client) {
    client.onMessage(this::count);
    client.onConnectionState(this::count);
    client.onError(error -> countError(String.valueOf(error.getMessage())));
  }

  /**
   * Counts a message.
   *
   * @param message the message
   */
  public synchronized void count(ServerMessage message) {
    messages.merge(message.type(), 1L, Long::sum);
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
      losses.add(state.cause().description());
    }
    last = state;
  }

  /**
   * Counts something that went wrong.
   *
   * @param error what it was, in words
   */
  public synchronized void countError(String error) {
    errorCount++;
    if (errors.size() < ERRORS_KEPT) {
      errors.add(error);
    }
  }

  /**
   * Returns what was counted so far.
   *
   * @return the counts
   */
  public synchronized Counts counts() {
    return new Counts(messages, connections, losses, errorCount, errors);
  }
}

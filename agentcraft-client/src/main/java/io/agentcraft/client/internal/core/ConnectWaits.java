package io.agentcraft.client.internal.core;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The futures of those who wait for the connection. Confined to the loop. */
final class ConnectWaits {

  private final Executor completions;
  private List<CompletableFuture<ConnectionState>> waiting = new ArrayList<>();

  ConnectWaits(Executor completions) {
    this.completions = completions;
  }

  void add(CompletableFuture<ConnectionState> future) {
    waiting.add(future);
  }

  void completeIfConnected(ConnectionState state) {
    if (state.isConnected()) {
      List<CompletableFuture<ConnectionState>> done = takeAll();
      completions.execute(() -> done.forEach(future -> future.complete(state)));
    }
  }

  void fail(AgentCraftException error) {
    List<CompletableFuture<ConnectionState>> done = takeAll();
    completions.execute(() -> done.forEach(future -> future.completeExceptionally(error)));
  }

  private List<CompletableFuture<ConnectionState>> takeAll() {
    List<CompletableFuture<ConnectionState>> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }
}

package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

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
      end(future -> future.complete(state));
    }
  }

  void fail(AgentCraftException error) {
    end(future -> future.completeExceptionally(error));
  }

  private void end(Consumer<CompletableFuture<ConnectionState>> with) {
    List<CompletableFuture<ConnectionState>> all = waiting;
    waiting = new ArrayList<>();
    // Each by itself: what depends on one may wait for another.
    all.forEach(future -> completions.execute(() -> with.accept(future)));
  }
}

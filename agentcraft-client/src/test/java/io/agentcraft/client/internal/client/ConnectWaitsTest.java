package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectWaitsTest {

  private static final ConnectionState CONNECTED =
      new ConnectionState(ConnectionStatus.CONNECTED, 0, null, null, null, null);

  private final Queue<Runnable> completions = new ArrayDeque<>();
  private final ConnectWaits waits = new ConnectWaits(completions::add);

  @Test
  void whatDependsOnOneMayWaitForAnother() {
    CompletableFuture<ConnectionState> one = add();
    CompletableFuture<ConnectionState> two = add();
    waits.completeIfConnected(CONNECTED);

    // As if the first were still busy with what depends on it.
    assertThat(completions).hasSize(2);
    completions.remove();
    completions.remove().run();

    assertThat(one).isNotDone();
    assertThat(two).isCompletedWithValue(CONNECTED);
  }

  @Test
  void eachEndsOnceAndOnlyWhenThereIsSomethingToTell() {
    CompletableFuture<ConnectionState> one = add();
    waits.completeIfConnected(ConnectionState.INITIAL);
    assertThat(completions).isEmpty();
    waits.fail(new ClientClosedException("The connection attempt was ended"));
    completions.remove().run();
    waits.completeIfConnected(CONNECTED);

    assertThat(one).isCompletedExceptionally();
    assertThat(completions).isEmpty();
  }

  private CompletableFuture<ConnectionState> add() {
    CompletableFuture<ConnectionState> future = new CompletableFuture<>();
    waits.add(future);
    return future;
  }
}

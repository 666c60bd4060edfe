package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.testing.ManualScheduler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectorTest {

  private static final ConnectionState CONNECTED =
      new ConnectionState(ConnectionStatus.CONNECTED, 0, null, null, null, null);

  private final Queue<Runnable> completions = new ArrayDeque<>();
  private ConnectionState state = ConnectionState.INITIAL;
  private final Connector connector = new Connector(
      () -> state, () -> {}, new EventLoop(ManualScheduler.inline()), completions::add);

  @Test
  void whatDependsOnOneMayWaitForAnother() {
    CompletableFuture<ConnectionState> one = add();
    CompletableFuture<ConnectionState> two = add();
    up(CONNECTED);

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
    up(ConnectionState.INITIAL);
    assertThat(completions).isEmpty();
    connector.onGaveUp(new ClientClosedException("The connection attempt was ended"));
    completions.remove().run();
    up(CONNECTED);

    assertThat(one).isCompletedExceptionally();
    assertThat(completions).isEmpty();
  }

  private void up(ConnectionState now) {
    state = now;
    connector.onUp(FakeSocket.connection(1, new FakeSocket(), ManualScheduler.inline()));
  }

  private CompletableFuture<ConnectionState> add() {
    CompletableFuture<ConnectionState> future = new CompletableFuture<>();
    connector.connect(future);
    return future;
  }
}

package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoardThreadsTest {

  private static final int UPDATES = 20_000;

  /** Two agents are updated in turn, so in a consistent snapshot they differ by one update at most. */
  @Test
  void readersSeeConsistentSnapshotsInOrder() throws Exception {
    BoardFixture on = new BoardFixture();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first = threads.submit(() -> readUntilTheEnd(on.board));
      Future<?> second = threads.submit(() -> readUntilTheEnd(on.board));
      for (int i = 1; i <= UPDATES; i++) {
        on.board.accept(update("a", AgentStatus.PROCESSING, "p", i, null));
        on.board.accept(update("b", AgentStatus.PROCESSING, "p", i, null));
      }
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void readUntilTheEnd(TrackingBoard board) {
    double last = 0;
    while (last < UPDATES && !Thread.currentThread().isInterrupted()) {
      BoardSnapshot snapshot = board.snapshot();
      double a = snapshot.agent("a").map(AgentView::progress).orElse(0d);
      double b = snapshot.agent("b").map(AgentView::progress).orElse(0d);
      assertThat(a - b).isBetween(0d, 1d);
      assertThat(b).isGreaterThanOrEqualTo(last);
      last = b;
    }
  }
}

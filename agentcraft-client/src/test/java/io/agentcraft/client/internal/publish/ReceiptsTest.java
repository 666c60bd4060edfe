package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Publications.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Receipts receipts = new Receipts(tasks::add, Instrumentation.NONE);
  private final List<Publication> publications =
      List.of(update("a", "one"), update("b", "two"), update("c", "three"));

  @Test
  void receiptsThatEndTogetherAreCompletedByATaskEach() {
    receipts.superseded(publications.subList(0, 2));
    assertThat(tasks).hasSize(2);
    receipts.failed(publications.subList(2, 3), new ClientClosedException("closed"));
    assertThat(tasks).hasSize(3);
    for (Publication publication : publications) {
      assertThat(publication.receipt()).isNotDone();
      tasks.remove().run();
      assertThat(publication.receipt()).isDone();
    }
  }

  private void replace(Publication publication) {
    receipts.addReplaced(publication);
    receipts.completeReplacedSoon();
  }

  @Test
  void receiptsOfReplacedUpdatesShareATask() {
    publications.forEach(this::replace);
    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    assertThat(publications).allMatch(publication -> publication.receipt().isDone());
    replace(update("a", "four"));
    assertThat(tasks).hasSize(1);
  }

  @Test
  void whatATaskThatIsBlockedHasLeftIsCompletedWhenTheEngineCloses() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    var unused = publications.get(0).receipt().thenRun(() -> {
      blocked.countDown();
      await(released);
    });
    publications.forEach(this::replace);
    Thread completer = new Thread(tasks.remove());
    completer.start();
    await(blocked);
    assertThat(publications.get(1).receipt()).isNotDone();

    receipts.undelivered(List.of());

    assertThat(tasks).hasSize(2);
    tasks.forEach(Runnable::run);
    assertThat(publications)
        .allMatch(publication -> publication.receipt().join() instanceof PublishReceipt.Superseded);
    released.countDown();
    completer.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(completer.isAlive()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

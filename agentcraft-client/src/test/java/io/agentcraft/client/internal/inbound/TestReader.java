package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The reader of a connection. */
final class TestReader implements CallbackBuffer.Source {

  final CountDownLatch waits = new CountDownLatch(1);
  volatile boolean over;

  /** Adds to a full queue on a thread of its own; returns once that one waits. */
  CompletableFuture<Void> addToFull(CallbackBuffer queue, CallbackBuffer.Message task)
      throws InterruptedException {
    CompletableFuture<Void> added = CompletableFuture.runAsync(() -> queue.addMessage(task, this));
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    while (!queue.hasWaitingReader()) {
      Thread.onSpinWait();
    }
    return added;
  }

  @Override
  public void readerWaits(boolean nowWaits) {
    waits.countDown();
  }

  @Override
  public boolean isOver() {
    return over;
  }
}

package io.agentcraft.client.it;

import java.util.concurrent.CountDownLatch;

/** Blocks the listeners that call it until a test releases them. */
final class BlockingListener implements AutoCloseable {

  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  void block() {
    blocked.countDown();
    Await.latch(released);
  }

  void awaitBlocked() {
    Await.latch(blocked);
  }

  void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }
}

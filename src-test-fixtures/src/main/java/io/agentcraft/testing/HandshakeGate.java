package io.agentcraft.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Faults of the next handshakes and connections, in the order in which they were requested. */
final class HandshakeGate {

  /** An answer other than 101. Headers are names and values in turn. */
  record Refusal(int status, List<String> headers) {
    Refusal {
      headers = List.copyOf(headers);
    }
  }

  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final Deque<Consumer<ClientConnection>> actions = new ArrayDeque<>();
  private int stalls;
  private int stalled;
  private CountDownLatch release = new CountDownLatch(1);

  synchronized void refuse(int times, Refusal refusal) {
    for (int i = 0; i < times; i++) {
      refusals.add(refusal);
    }
  }

  /** Does something to the next connections as soon as they are open. */
  synchronized void onNextConnections(int times, Consumer<ClientConnection> action) {
    for (int i = 0; i < times; i++) {
      actions.add(action);
    }
  }

  /** Does what was requested for a connection that was just opened. */
  void opened(ClientConnection connection) {
    Consumer<ClientConnection> action;
    synchronized (this) {
      action = actions.poll();
    }
    if (action != null) {
      action.accept(connection);
    }
  }

  synchronized void stallNext() {
    stalls++;
  }

  /** Cancels all faults. */
  synchronized void clear() {
    refusals.clear();
    actions.clear();
    releaseStalled();
  }

  synchronized int stalled() {
    return stalled;
  }

  /** Lets stalled handshakes go on, and stalls no more. */
  synchronized void releaseStalled() {
    stalls = 0;
    stalled = 0;
    release.countDown();
    release = new CountDownLatch(1);
  }

  synchronized int pendingRefusals() {
    return refusals.size();
  }

  synchronized @Nullable Refusal nextRefusal() {
    return refusals.poll();
  }

  /** Returns at once, or blocks while this handshake is stalled. */
  void pass() throws InterruptedException {
    CountDownLatch wait = takeStall();
    if (wait != null) {
      wait.await();
    }
  }

  private synchronized @Nullable CountDownLatch takeStall() {
    if (stalls == 0) {
      return null;
    }
    stalls--;
    stalled++;
    return release;
  }
}

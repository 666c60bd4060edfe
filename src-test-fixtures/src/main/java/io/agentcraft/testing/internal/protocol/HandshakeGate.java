package io.agentcraft.testing.internal.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Faults of the next handshakes, in the order they were asked for. */
public final class HandshakeGate {

  /** An answer other than 101. Headers are names and values in turn. */
  public record Refusal(int status, List<String> headers) {
    public Refusal {
      headers = List.copyOf(headers);
    }
  }

  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final Deque<Consumer<Connection>> welcomes = new ArrayDeque<>();
  private int stalls;
  private int stalling;
  private CountDownLatch release = new CountDownLatch(1);

  public synchronized void refuse(int times, Refusal refusal) {
    for (int i = 0; i < times; i++) {
      refusals.add(refusal);
    }
  }

  /** Does something to the next connections as soon as they are open. */
  public synchronized void welcome(int times, Consumer<Connection> fault) {
    for (int i = 0; i < times; i++) {
      welcomes.add(fault);
    }
  }

  /** Does what is to be done to a connection that was just opened. */
  public void opened(Connection connection) {
    Consumer<Connection> fault;
    synchronized (this) {
      fault = welcomes.poll();
    }
    if (fault != null) {
      fault.accept(connection);
    }
  }

  public synchronized void stallNext() {
    stalls++;
  }

  /** Forgets all that lies in wait. */
  public synchronized void clear() {
    refusals.clear();
    welcomes.clear();
    releaseStalled();
  }

  public synchronized int stalling() {
    return stalling;
  }

  /** Lets those go on that stall now, and stalls nobody any more. */
  public synchronized void releaseStalled() {
    stalls = 0;
    stalling = 0;
    release.countDown();
    release = new CountDownLatch(1);
  }

  public synchronized int pendingRefusals() {
    return refusals.size();
  }

  synchronized @Nullable Refusal nextRefusal() {
    return refusals.poll();
  }

  /** Returns at once, or blocks while this handshake is to stall. */
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
    stalling++;
    return release;
  }
}

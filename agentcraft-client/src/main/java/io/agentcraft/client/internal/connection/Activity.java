package io.agentcraft.client.internal.connection;

/**
 * When frames last travelled on one socket. Written by the reader thread and by whoever sends, read by the loop.
 */
public final class Activity {

  private volatile long lastIn;
  private volatile long lastOut;
  private volatile boolean readerWaits;
  private volatile boolean over;

  public Activity(long now) {
    lastIn = now;
    lastOut = now;
  }

  public void frameIn(long now) {
    lastIn = now;
  }

  public void frameOut(long now) {
    lastOut = now;
  }

  /** Tells whether the reader waits for slow listeners: then silence says nothing about the server. */
  public void readerWaits(boolean waits) {
    readerWaits = waits;
  }

  /** From now on nothing that still comes from this socket counts. */
  void over() {
    over = true;
  }

  /** Tells whether the socket was given up or lost: what its reader still brings is late. */
  public boolean isOver() {
    return over;
  }

  long lastIn() {
    return lastIn;
  }

  long lastOut() {
    return lastOut;
  }

  /** Tells whether the reader waits for slow listeners now. */
  public boolean readerWaits() {
    return readerWaits;
  }
}

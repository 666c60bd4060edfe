package io.agentcraft.testing.internal.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a client sends. While it is paused nothing is read, not even the end of the stream. */
final class PausableInputStream extends FilterInputStream {

  private final Object lock = new Object();

  // Guarded by the lock.
  private boolean paused;
  private boolean released;

  PausableInputStream(InputStream in) {
    super(in);
  }

  void pause(boolean toPause) {
    synchronized (lock) {
      paused = toPause;
      lock.notifyAll();
    }
  }

  /** Lets readers go on, because the socket is closed. */
  void release() {
    synchronized (lock) {
      released = true;
      lock.notifyAll();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    awaitResume();
    try {
      return in.read(bytes, offset, length);
    } finally {
      // A reader may have been blocked here when the stream was paused.
      awaitResume();
    }
  }

  private void awaitResume() throws IOException {
    synchronized (lock) {
      while (paused && !released) {
        try {
          lock.wait();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while the stream was paused", interrupted);
        }
      }
    }
  }
}

package io.agentcraft.testing.internal.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What the client sends. While the gate is shut nothing is read, not even the end of the stream. */
final class InboundGate extends FilterInputStream {

  private final Object lock = new Object();

  // Guarded by the lock.
  private boolean shut;
  private boolean released;

  InboundGate(InputStream in) {
    super(in);
  }

  void shut(boolean toShut) {
    synchronized (lock) {
      shut = toShut;
      lock.notifyAll();
    }
  }

  /** Lets everyone go: the socket is closed. */
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
    pass();
    try {
      return in.read(bytes, offset, length);
    } finally {
      // A reader may have been waiting in there when the gate was shut.
      pass();
    }
  }

  private void pass() throws IOException {
    synchronized (lock) {
      while (shut && !released) {
        try {
          lock.wait();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while the gate was shut", interrupted);
        }
      }
    }
  }
}

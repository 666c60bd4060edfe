package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The server's end of one TCP connection, with faults of the network. */
public final class TrackedSocket extends Socket {

  private final Scheduler scheduler;
  private final TrackedSockets home;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Runnable onClose = () -> {};
  private @Nullable PausableInputStream in;
  private @Nullable PacedOutputStream pacer;
  private boolean halfOpen;
  private boolean readingPaused;

  TrackedSocket(Scheduler scheduler, TrackedSockets home) {
    this.scheduler = scheduler;
    this.home = home;
  }

  /**
   * Called when a client has connected. From now on it is waited for.
   *
   * @param whenClosed called at least once when this end is closed
   */
  void accepted(Runnable whenClosed) {
    try {
      // As asyncio does: otherwise a frame right after another waits for the client's delayed ACK.
      setTcpNoDelay(true);
    } catch (SocketException clientIsGone) {
      // The thread that reads from it notices it.
    }
    synchronized (this) {
      onClose = whenClosed;
    }
    awaitClient();
  }

  /** From now on the client has a limited time to do what is expected of it. */
  void awaitClient() {
    home.waiting().add(this);
    if (isClosed()) {
      home.waiting().remove(this);
    }
  }

  /** The client has done it: it has all the time in the world. */
  void clientIsDone() {
    home.waiting().remove(this);
  }

  /** Waits until this end is closed. */
  void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection as a dying process does: end of stream (FIN). */
  public void end() {
    closeNow();
  }

  /** Ends the connection with a reset (RST), as a firewall or a rebooted machine does. */
  public void reset() {
    try {
      setSoLinger(true, 0);
    } catch (SocketException closedAlready) {
      return;
    }
    closeNow();
  }

  /** Lets nothing arrive on either side, as if a cable were unplugged; or lets it arrive again, what waited first. */
  public void halfOpen(boolean isHalfOpen) {
    synchronized (this) {
      halfOpen = isHalfOpen;
      input().pause(halfOpen || readingPaused);
    }
    pacer().hold(isHalfOpen);
  }

  /** Stops reading, or reads again. */
  public synchronized void pauseReading(boolean isPaused) {
    readingPaused = isPaused;
    input().pause(halfOpen || readingPaused);
  }

  /** Delays everything that is written. Zero for full speed. */
  public void latency(Duration delay) {
    pacer().latency(delay);
  }

  /** Writes this many bytes at a time. */
  public void trickle(int bytes, Duration interval) {
    pacer().trickle(bytes, interval);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return openInput();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return openPacer();
  }

  @Override
  public void shutdownOutput() throws IOException {
    openPacer().end(super::shutdownOutput);
  }

  // Not synchronized as a whole: a blocked writer holds locks until the socket is closed.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    super.close();
    PausableInputStream openedInput;
    PacedOutputStream openedPacer;
    Runnable whenClosed;
    synchronized (this) {
      openedInput = in;
      openedPacer = pacer;
      whenClosed = onClose;
    }
    whenClosed.run();
    home.waiting().remove(this);
    closed.countDown();
    if (openedInput != null) {
      openedInput.release();
    }
    if (openedPacer != null) {
      openedPacer.release();
    }
  }

  private synchronized PausableInputStream openInput() throws IOException {
    if (in == null) {
      in = new PausableInputStream(super.getInputStream());
    }
    return in;
  }

  private synchronized PacedOutputStream openPacer() throws IOException {
    if (pacer == null) {
      pacer = new PacedOutputStream(super.getOutputStream(), scheduler);
    }
    return pacer;
  }

  private PausableInputStream input() {
    try {
      return openInput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PacedOutputStream pacer() {
    try {
      return openPacer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeNow() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

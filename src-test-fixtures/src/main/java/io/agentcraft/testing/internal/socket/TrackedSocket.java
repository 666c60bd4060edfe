package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server's end of one TCP connection, with faults of the network. */
public final class TrackedSocket extends Socket {

  /** Bytes that are written between two frames, past the WebSocket. */
  @FunctionalInterface
  public interface Insertion {

    /** Writes them. Called once. */
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int NOT_ACCEPTED = -1;

  private final Scheduler scheduler;
  private final boolean encrypted;
  private final TrackedSockets home;
  private int number = NOT_ACCEPTED;
  private @Nullable PausableInputStream in;
  private @Nullable PacedOutputStream pacer;
  private @Nullable FrameInsertingOutputStream out;
  private boolean halfOpen;
  private boolean readingPaused;

  TrackedSocket(Scheduler scheduler, boolean encrypted, TrackedSockets home) {
    this.scheduler = scheduler;
    this.encrypted = encrypted;
    this.home = home;
  }

  /** Called when a client has connected. */
  synchronized void accepted() {
    try {
      // As asyncio does: otherwise a frame right after another waits for the client's delayed ACK.
      setTcpNoDelay(true);
    } catch (SocketException clientIsGone) {
      // The thread that reads from it notices it.
    }
    number = home.opened(this);
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

  /** Called when the handshake is answered: from now on frames are followed. */
  public void beginFrames() {
    if (!encrypted) {
      frames().begin();
    }
  }

  /** Fails if the connection is encrypted: then it is not known where a frame ends. */
  public void requirePlain() {
    if (encrypted) {
      throw new IllegalStateException(
          "Broken frames can't be inserted into an encrypted stream. Use a server without tls(…).");
    }
  }

  /** Writes past the WebSocket, once this many of its messages were written. */
  public void insertAfter(long messages, Insertion insertion) {
    requirePlain();
    frames().after(messages, insertion);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    var unused = super.getInputStream(); // Throws if the socket is not connected.
    return input();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    var unused = super.getOutputStream();
    return frames();
  }

  @Override
  public void shutdownOutput() throws IOException {
    pacer().end(super::shutdownOutput);
  }

  // Not synchronized as a whole: a blocked writer holds locks until the socket is closed.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    super.close();
    PausableInputStream openedInput;
    PacedOutputStream openedPacer;
    synchronized (this) {
      openedInput = in;
      openedPacer = pacer;
      home.closed(number);
    }
    if (openedInput != null) {
      openedInput.release();
    }
    if (openedPacer != null) {
      openedPacer.release();
    }
  }

  private synchronized PausableInputStream input() {
    if (in == null) {
      InputStream bytes = raw(super::getInputStream);
      in = new PausableInputStream(encrypted ? bytes : new RequestStart(bytes, this));
    }
    return in;
  }

  private synchronized PacedOutputStream pacer() {
    if (pacer == null) {
      pacer = new PacedOutputStream(raw(super::getOutputStream), scheduler);
    }
    return pacer;
  }

  private synchronized FrameInsertingOutputStream frames() {
    if (out == null) {
      out = new FrameInsertingOutputStream(pacer());
    }
    return out;
  }

  private interface Opener<S> {
    S open() throws IOException;
  }

  private static <S> S raw(Opener<S> opener) {
    try {
      return opener.open();
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

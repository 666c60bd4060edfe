package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** The server's end of one TCP connection, where the network can be made to fail. */
public final class TrackedSocket extends Socket {

  private static final int NOT_ACCEPTED = -1;

  private final Scheduler scheduler;
  private final boolean encrypted;
  private final TrackedSockets home;
  private int number = NOT_ACCEPTED;
  private @Nullable InboundGate in;
  private @Nullable OutboundPacer pacer;
  private @Nullable FrameSlots out;
  private boolean halfOpen;
  private boolean unread;

  TrackedSocket(Scheduler scheduler, boolean encrypted, TrackedSockets home) {
    this.scheduler = scheduler;
    this.encrypted = encrypted;
    this.home = home;
  }

  /** A client is at the other end. */
  synchronized void accepted() {
    try {
      // As asyncio does: else a frame right after another waits for the client's delayed ACK.
      setTcpNoDelay(true);
    } catch (SocketException clientIsGone) {
      // Whoever reads from it finds out.
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

  /** From now on nothing arrives on either side, as if the cable were out; or it does again, and what waited first. */
  public void halfOpen(boolean isHalfOpen) {
    synchronized (this) {
      halfOpen = isHalfOpen;
      gate().shut(halfOpen || unread);
    }
    pacer().hold(isHalfOpen);
  }

  /** Reads nothing more, until told to go on. */
  public synchronized void unread(boolean isUnread) {
    unread = isUnread;
    gate().shut(halfOpen || unread);
  }

  /** Sets how fast bytes leave. */
  public void pace(Pace pace) {
    pacer().pace(pace);
  }

  /** Lets bytes leave at once again. */
  public void fullSpeed() {
    pace(Pace.FULL_SPEED);
  }

  /** The handshake is answered: from now on frames are followed. */
  public void beginFrames() {
    if (!encrypted) {
      slots().begin();
    }
  }

  /** Bytes can't be put between frames that nobody can tell apart. */
  public void requirePlain() {
    if (encrypted) {
      throw new IllegalStateException(
          "Broken frames can't be put into an encrypted stream. Use a server without tls(…).");
    }
  }

  /** Writes past the WebSocket, once so many of its messages have left whole. */
  public void insertAfter(long messages, Insertion insertion) {
    requirePlain();
    slots().after(messages, insertion);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    var unused = super.getInputStream(); // Throws what there is to throw.
    return gate();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    var unused = super.getOutputStream();
    return slots();
  }

  @Override
  public void shutdownOutput() throws IOException {
    pacer().end(super::shutdownOutput);
  }

  // Not synchronized as a whole: a writer that is stuck holds locks until the socket is closed.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    super.close();
    InboundGate openedGate;
    OutboundPacer openedPacer;
    synchronized (this) {
      openedGate = in;
      openedPacer = pacer;
      home.closed(number);
    }
    if (openedGate != null) {
      openedGate.release();
    }
    if (openedPacer != null) {
      openedPacer.release();
    }
  }

  private synchronized InboundGate gate() {
    if (in == null) {
      InputStream bytes = raw(super::getInputStream);
      in = new InboundGate(encrypted ? bytes : new RequestStart(bytes, this));
    }
    return in;
  }

  private synchronized OutboundPacer pacer() {
    if (pacer == null) {
      pacer = new OutboundPacer(raw(super::getOutputStream), scheduler);
    }
    return pacer;
  }

  private synchronized FrameSlots slots() {
    if (out == null) {
      out = new FrameSlots(pacer());
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

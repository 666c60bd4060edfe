package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** A server socket whose port can be closed and opened again, unnoticed by the thread that accepts. */
final class ReopenableServerSocket extends ServerSocket {

  private final TrackedSockets home;
  private final int backlog;
  private final Object lock = new Object();

  // Guarded by the lock.
  private @Nullable Port port;
  private @Nullable InetSocketAddress address;
  private boolean accepting;
  private boolean closed;

  /** The port while it is open. */
  private static final class Port extends ServerSocket {

    Port() throws IOException {}

    void acceptAs(TrackedSocket socket) throws IOException {
      implAccept(socket);
    }
  }

  ReopenableServerSocket(TrackedSockets home, int backlog) throws IOException {
    this.home = home;
    this.backlog = backlog;
  }

  /** Closes the port: once this returns, connections are refused. Existing ones stay open. */
  void refuse() {
    Port open;
    synchronized (lock) {
      open = port;
      port = null;
    }
    closeQuietly(open);
    awaitNobodyAccepting();
  }

  /** Opens the same port again. */
  void listenAgain() throws IOException {
    synchronized (lock) {
      if (port == null && !closed && address != null) {
        open(address);
      }
    }
  }

  @Override
  public void setReuseAddress(boolean on) {
    // Every port has its own setting.
  }

  @Override
  public void bind(SocketAddress endpoint, int ignoredBacklog) throws IOException {
    synchronized (lock) {
      open((InetSocketAddress) endpoint);
    }
  }

  @Override
  public int getLocalPort() {
    synchronized (lock) {
      return address == null ? -1 : address.getPort();
    }
  }

  @Override
  public InetAddress getInetAddress() {
    synchronized (lock) {
      return address == null ? InetAddress.getLoopbackAddress() : address.getAddress();
    }
  }

  /** Accepts a connection. Ends only when this is closed: the web server would close all connections with it. */
  @Override
  public Socket accept() throws IOException {
    try {
      while (true) {
        Port open = home.waiting().makeRoom() ? awaitPort() : null;
        Socket accepted = open == null ? null : acceptFrom(open);
        if (accepted != null) {
          return accepted;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SocketException("Interrupted while nobody connected");
    }
  }

  /** Accepts a connection; null if none comes, or one that is of no use. */
  private @Nullable Socket acceptFrom(Port open) throws IOException, InterruptedException {
    TrackedSocket socket = home.next();
    try {
      open.acceptAs(socket);
    } catch (SocketTimeoutException nobody) {
      return null;
    } catch (IOException failed) {
      pauseUnlessClosed(open);
      return null;
    } finally {
      accepting(false);
    }
    if (!isOpen(open)) {
      // Accepted while the port was being closed: too late.
      socket.reset();
      return null;
    }
    try {
      return home.accepted(socket);
    } catch (IOException clientIsGone) {
      socket.end();
      return null;
    }
  }

  /** There may be too many open files: waits until some are closed, or for the next look at those that wait too long. */
  @SuppressWarnings("WaitNotInLoop") // a spurious wakeup only means to look sooner
  private void pauseUnlessClosed(Port open) throws InterruptedException {
    synchronized (lock) {
      if (!closed && port == open) {
        lock.wait(home.waiting().interval());
      }
    }
  }

  @Override
  public void close() throws IOException {
    Port open;
    synchronized (lock) {
      closed = true;
      open = port;
      port = null;
      lock.notifyAll();
    }
    closeQuietly(open);
    super.close();
  }

  /** Waits a little for the port to be open; returns null if it is not. */
  @SuppressWarnings("WaitNotInLoop") // a spurious wakeup only means to look sooner
  private @Nullable Port awaitPort() throws SocketException, InterruptedException {
    synchronized (lock) {
      if (port == null && !closed) {
        lock.wait(home.waiting().interval());
      }
      if (closed) {
        throw new SocketException("Socket closed");
      }
      accepting = port != null;
      return port;
    }
  }

  private void accepting(boolean isAccepting) {
    synchronized (lock) {
      accepting = isAccepting;
      lock.notifyAll();
    }
  }

  private boolean isOpen(Port open) {
    synchronized (lock) {
      return port == open;
    }
  }

  /** The operating system keeps listening while a thread is in accept, although the port is closed. */
  private void awaitNobodyAccepting() {
    synchronized (lock) {
      while (accepting) {
        try {
          lock.wait();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void open(InetSocketAddress at) throws IOException {
    Port opened = new Port();
    try {
      opened.bind(at, backlog);
      opened.setSoTimeout(home.waiting().interval());
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    address = new InetSocketAddress(at.getAddress(), opened.getLocalPort());
    port = opened;
    lock.notifyAll();
  }

  private static void closeQuietly(@Nullable ServerSocket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is not used any more.
      }
    }
  }
}

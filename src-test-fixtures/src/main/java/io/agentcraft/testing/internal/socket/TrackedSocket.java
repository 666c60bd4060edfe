package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/** The server's end of one TCP connection. */
public final class TrackedSocket extends Socket {

  private final Runnable onClose;

  TrackedSocket(Runnable onClose) {
    this.onClose = onClose;
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

  @Override
  public synchronized void close() throws IOException {
    onClose.run();
    super.close();
  }

  private void closeNow() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

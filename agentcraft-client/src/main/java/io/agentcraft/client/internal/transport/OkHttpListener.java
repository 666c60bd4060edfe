package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.OkHttpTransport.OkHttpLink;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Turns OkHttp's events into ours, with exactly one end. */
final class OkHttpListener extends WebSocketListener implements SocketWatch {

  private static final int NORMAL = 1000;

  private final TransportListener listener;
  private final InstantSource clock;
  private boolean ended;
  private volatile boolean opened;
  private volatile boolean cancelled;
  // Written by the reader; a failed ping ends the socket on another thread.
  private volatile DisconnectCause.@Nullable ClosedByServer closing;

  OkHttpListener(TransportListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** The socket is about to be cancelled by us: OkHttp will tell of its end. */
  void onCancel() {
    cancelled = true;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened = true;
    OkHttpLink link = new OkHttpLink(socket, this);
    try {
      listener.onOpen(link);
    } catch (Error error) {
      die(link, error);
    }
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    OkHttpLink link = new OkHttpLink(socket, this);
    try {
      listener.onText(link, text);
    } catch (Error error) {
      die(link, error);
    }
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    OkHttpLink link = new OkHttpLink(socket, this);
    try {
      listener.onBinary(link, bytes.size());
    } catch (Error error) {
      die(link, error);
    }
  }

  @Override
  public void onLeftOut(long bytes) {
    listener.onLeftOut(bytes);
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    closing = new DisconnectCause.ClosedByServer(code, reason);
    try {
      listener.onClosing(code, reason);
      // OkHttp echoes nothing by itself, and 1005, 1006 and 1015 must not be sent: a plain 1000
      // always can be.
      socket.close(NORMAL, null);
    } catch (Error error) {
      die(new OkHttpLink(socket, this), error);
    }
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    end(new DisconnectCause.ClosedByServer(code, reason));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable error, @Nullable Response response) {
    // uvicorn drops TCP right after its close frame: what counts is the code that was seen.
    if (closing != null) {
      end(closing);
    } else if (response != null && response.code() != 101) {
      String wait = response.header("Retry-After");
      end(new DisconnectCause.HandshakeRefused(
          response.code(), RetryAfter.parse(wait, clock.instant()), "HTTP " + response.code()));
    } else {
      end(
          opened || response != null
              ? new DisconnectCause.ConnectionLost(error)
              : BeforeAnswer.cause(error, socket.request()));
    }
  }

  /** OkHttp has not told, and will not. After a close frame its writer does, or the owner's patience ends. */
  @Override
  public void onReaderDied() {
    if (closing == null && !cancelled) {
      end(new DisconnectCause.ConnectionLost(
          new IOException("the thread that read from the connection ended of an error, such as"
              + " OutOfMemoryError. The thread's handler of uncaught exceptions was told which")));
    }
  }

  /** OkHttp catches no errors: this one would take the reader thread along. */
  private void die(OkHttpLink link, Error error) {
    end(closing != null ? closing : new DisconnectCause.ConnectionLost(error));
    link.cancel();
  }

  private void end(DisconnectCause cause) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    listener.onEnded(cause);
  }
}

package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Translates OkHttp's events into those of a {@link Transport.Listener}, with exactly one end. */
final class OkHttpListener extends WebSocketListener implements MaxMessageSizeInterceptor.Watch {

  private static final int NORMAL = 1000;

  private final Transport.Listener listener;
  private final InstantSource clock;
  private boolean ended;
  private volatile boolean opened;
  private volatile boolean cancelled;
  // Written by the reader; a failed ping ends the socket on another thread.
  private volatile DisconnectCause.@Nullable ClosedByServer closing;

  OkHttpListener(Transport.Listener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** We are about to cancel the socket: OkHttp will report its end. */
  void onCancel() {
    cancelled = true;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened = true;
    try {
      listener.onOpen(new OkHttpTransport.OkHttpSocket(socket, this));
    } catch (Error error) {
      die(socket, error);
    }
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    try {
      listener.onText(text);
    } catch (Error error) {
      die(socket, error);
    }
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    try {
      listener.onBinary(bytes.size());
    } catch (Error error) {
      die(socket, error);
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
      die(socket, error);
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
      end(Refusals.ofHandshake(response, clock.instant()));
    } else {
      end(
          opened || response != null
              ? new DisconnectCause.ConnectionLost(error)
              : ConnectFailure.cause(error, socket.request()));
    }
  }

  /** OkHttp has not reported the end and will not. After a close frame its writer does, or the close timeout ends. */
  @Override
  public void onReaderDied() {
    if (closing == null && !cancelled) {
      end(new DisconnectCause.ConnectionLost(new IOException(
          "the reader thread of the connection was ended by an error, such as OutOfMemoryError;"
              + " the thread's handler of uncaught exceptions received it")));
    }
  }

  /** OkHttp catches no errors: this one would end the reader thread without a word to anyone. */
  private void die(WebSocket socket, Error error) {
    end(closing != null ? closing : new DisconnectCause.ConnectionLost(error));
    onCancel();
    socket.cancel();
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

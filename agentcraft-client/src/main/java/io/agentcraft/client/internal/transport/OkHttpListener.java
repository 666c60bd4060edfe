package io.agentcraft.client.internal.transport;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.OkHttpTransport.OkHttpLink;
import java.time.InstantSource;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Turns OkHttp's events into ours, with exactly one end. */
final class OkHttpListener extends WebSocketListener {

  private static final int NORMAL = 1000;

  private final TransportListener listener;
  private final InstantSource clock;
  private boolean ended;
  private volatile boolean opened;
  // Written by the reader; a failed ping ends the socket on another thread.
  private volatile DisconnectCause.@Nullable ClosedByServer closing;

  OkHttpListener(TransportListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened = true;
    listener.onOpen(new OkHttpLink(socket));
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    listener.onText(new OkHttpLink(socket), text);
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    listener.onBinary(new OkHttpLink(socket), bytes.size());
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    closing = new DisconnectCause.ClosedByServer(code, reason);
    listener.onClosing(code, reason);
    // OkHttp echoes nothing by itself, and 1005, 1006 and 1015 must not be sent: a plain 1000
    // always can be.
    socket.close(NORMAL, null);
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
          opened
              ? new DisconnectCause.ConnectionLost(error)
              : BeforeAnswer.cause(error, socket.request()));
    }
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

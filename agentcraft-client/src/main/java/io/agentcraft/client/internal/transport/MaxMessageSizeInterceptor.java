package io.agentcraft.client.internal.transport;

import java.io.Closeable;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.Socket;

/**
 * Puts a {@link FrameFilter} between the network and OkHttp's WebSocket reader, and watches over the thread that reads:
 * OkHttp catches exceptions there, but an error, such as OutOfMemoryError, ends the thread without a word to the listener.
 */
final class MaxMessageSizeInterceptor implements Interceptor {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final long bound;

  private MaxMessageSizeInterceptor(long bound) {
    this.bound = bound;
  }

  /**
   * Copies a client, with the maximum around everything that its interceptors may do to a socket.
   *
   * @param client the client
   * @param bound the largest message in bytes
   */
  static OkHttpClient around(OkHttpClient client, long bound) {
    OkHttpClient.Builder builder = client.newBuilder();
    builder.interceptors().add(0, new MaxMessageSizeInterceptor(bound));
    return builder.build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Socket socket = response.socket();
    // Not the request that the interceptors made of it: the tag may be lost there.
    Watch watch = chain.call().request().tag(Watch.class);
    if (response.code() != SWITCHING_PROTOCOLS || socket == null || watch == null) {
      return response;
    }
    Compression compression = agreed(response, socket);
    ResponseGuard.listen(chain.call(), new ReaderDeath(watch));
    return response
        .newBuilder()
        .socket(new FilteredSocket(socket, bound, compression, watch))
        .build();
  }

  /** A request's tag: receives what OkHttp reports to no {@code WebSocketListener}, on the reader thread. */
  interface Watch {

    /** A message of so many bytes is left out. */
    void onLeftOut(long bytes);

    /** The reader thread was ended by an error that OkHttp does not catch. */
    void onReaderDied();
  }

  private static Compression agreed(Response response, Socket socket) throws IOException {
    try {
      InvalidHandshakeException.requireSubprotocol(
          response.request().headers(), response.headers());
      return Compression.agreed(response.headers());
    } catch (InvalidHandshakeException invalid) {
      closeQuietly(socket.getSink());
      closeQuietly(socket.getSource());
      throw invalid;
    }
  }

  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException alreadyBroken) {
      // It is not used any more.
    }
  }

  /**
   * OkHttp cancels a call on its own thread when an error is about to end that thread. Created when the handshake is over:
   * until then OkHttp reports everything to the listener.
   */
  private static final class ReaderDeath extends EventListener {

    private final Thread reader = Thread.currentThread();
    private final Watch watch;

    ReaderDeath(Watch watch) {
      this.watch = watch;
    }

    @Override
    public void canceled(Call call) {
      if (Thread.currentThread() == reader) {
        watch.onReaderDied();
      }
    }
  }
}

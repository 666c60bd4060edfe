package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.function.LongConsumer;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Sink;
import okio.Socket;
import okio.Source;

/** Puts a {@link FrameFilter} between the network and OkHttp's WebSocket reader. */
public final class InboundBound implements Interceptor {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final long bound;

  /**
   * Makes it.
   *
   * @param bound the largest message in bytes
   */
  public InboundBound(long bound) {
    this.bound = bound;
  }

  /** A request's tag: hears what is left out. */
  @FunctionalInterface
  interface LeftOut extends LongConsumer {}

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Socket socket = response.socket();
    LeftOut leftOut = chain.request().tag(LeftOut.class);
    if (response.code() != SWITCHING_PROTOCOLS || socket == null || leftOut == null) {
      return response;
    }
    return response
        .newBuilder()
        .socket(new FilteredSocket(socket, new FrameFilter(bound, leftOut)))
        .build();
  }

  private static final class FilteredSocket implements Socket {

    private final Socket socket;
    private final Source source;

    FilteredSocket(Socket socket, FrameFilter filter) {
      this.socket = socket;
      this.source = new FilteredSource(socket.getSource(), filter);
    }

    @Override
    public Source getSource() {
      return source;
    }

    @Override
    public Sink getSink() {
      return socket.getSink();
    }

    @Override
    public void cancel() {
      socket.cancel();
    }
  }

  private static final class FilteredSource extends ForwardingSource {

    private final FrameFilter filter;
    private final Buffer raw = new Buffer();
    private final Buffer passed = new Buffer();

    FilteredSource(Source delegate, FrameFilter filter) {
      super(delegate);
      this.filter = filter;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      while (passed.exhausted()) {
        if (super.read(raw, Math.max(byteCount, 1)) == -1) {
          return -1;
        }
        filter.filter(raw, passed);
      }
      return passed.read(sink, byteCount);
    }

    @Override
    public void close() throws IOException {
      filter.close();
      super.close();
    }
  }
}

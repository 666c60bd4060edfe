package io.agentcraft.client.internal.transport;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Sink;
import okio.Socket;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** The connection of a WebSocket, of which OkHttp sees only what a {@link FrameFilter} passes. */
final class FilteredSocket implements Socket {

  private final Socket socket;
  private final Source source;
  private final Sink sink;

  FilteredSocket(
      Socket socket, long bound, Compression compression, MaxMessageSizeInterceptor.Watch watch) {
    FrameFilter.Pongs pongs = new FrameFilter.Pongs();
    FrameFilter filter = new FrameFilter(bound, compression, pongs, watch::onLeftOut);
    this.socket = socket;
    this.source = new FilteredSource(socket.getSource(), filter, watch);
    this.sink = new CountedSink(socket.getSink(), pongs);
  }

  @Override
  public Source getSource() {
    return source;
  }

  @Override
  public Sink getSink() {
    return sink;
  }

  @Override
  public void cancel() {
    socket.cancel();
  }

  private static final class FilteredSource extends ForwardingSource {

    private final FrameFilter filter;
    private final MaxMessageSizeInterceptor.Watch watch;
    private final Buffer raw = new Buffer();
    private final Buffer passed = new Buffer();
    private @Nullable IOException refused;
    /** OkHttp knows that there is nothing more to read, and reports the end to its listener. */
    private boolean ended;

    FilteredSource(Source delegate, FrameFilter filter, MaxMessageSizeInterceptor.Watch watch) {
      super(delegate);
      this.filter = filter;
      this.watch = watch;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        long count = readFiltered(sink, byteCount);
        ended = count == -1;
        return count;
      } catch (IOException | RuntimeException failure) {
        ended = true;
        throw failure;
      } catch (Error error) {
        IOException failure =
            new IOException("the reader thread of the connection failed with " + error, error);
        // Not before: there may be no memory for the exception.
        ended = true;
        throw failure;
      }
    }

    private long readFiltered(Buffer sink, long byteCount) throws IOException {
      while (passed.exhausted()) {
        if (refused != null) {
          throw refused;
        }
        if (super.read(raw, Math.max(byteCount, 1)) == -1) {
          return -1;
        }
        filter();
      }
      return passed.read(sink, byteCount);
    }

    private void filter() {
      try {
        filter.filter(raw, passed);
      } catch (IOException thatMuch) {
        // What came before it is sound.
        refused = thatMuch;
      }
    }

    /** OkHttp closes the source when its reader has ended, for whatever reason; it reports an error to nobody else. */
    @Override
    public void close() throws IOException {
      try {
        filter.close();
        super.close();
      } finally {
        if (!ended) {
          watch.onReaderDied();
        }
      }
    }
  }

  /** OkHttp writes each frame in one piece, or a large message in a few. */
  private static final class CountedSink extends ForwardingSink {

    private final FrameFilter.Pongs pongs;

    CountedSink(Sink delegate, FrameFilter.Pongs pongs) {
      super(delegate);
      this.pongs = pongs;
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      super.write(source, byteCount);
      pongs.frameLeft();
    }
  }
}

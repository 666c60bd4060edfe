package io.agentcraft.client.internal.transport;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Sink;
import okio.Socket;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** A WebSocket's connection, of which OkHttp gets to see only what its {@link FrameFilter} passes. */
final class FilteredSocket implements Socket {

  private final Socket socket;
  private final Source source;
  private final Sink sink;

  FilteredSocket(Socket socket, long bound, Compression compression, SocketWatch watch) {
    Pongs pongs = new Pongs();
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
    private final SocketWatch watch;
    private final Buffer raw = new Buffer();
    private final Buffer passed = new Buffer();
    private @Nullable IOException refused;
    /** OkHttp knows that there is no more to read, and tells its listener so. */
    private boolean ended;

    FilteredSource(Source delegate, FrameFilter filter, SocketWatch watch) {
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
            new IOException("the thread that reads from the connection ran into " + error, error);
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

    /** OkHttp closes it when its reader is through, whatever the reason; of an error it tells nobody else. */
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

    private final Pongs pongs;

    CountedSink(Sink delegate, Pongs pongs) {
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

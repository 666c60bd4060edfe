package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import okio.Buffer;

/**
 * Measures how large compressed messages (permessage-deflate) become, without keeping the result. It must stay in step with
 * OkHttp, which inflates the same bytes: a server that gets the two out of step has got around the bound.
 */
final class InflatedSize implements AutoCloseable {

  private static final int CHUNK = 8 << 10;

  /** What a sender leaves out at the end of each message (RFC 7692, 7.2.1). */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final boolean eachAlone;
  private final Inflater inflater = new Inflater(true);
  private final Buffer scratch = new Buffer();
  private final byte[] compressed = new byte[CHUNK];
  private final byte[] inflated = new byte[CHUNK];
  private long given;

  /**
   * Creates a meter for one connection.
   *
   * @param eachAlone whether no message refers to what was in earlier ones
   */
  InflatedSize(boolean eachAlone) {
    this.eachAlone = eachAlone;
  }

  /** Starts a message. */
  void beginMessage() {
    if (eachAlone) {
      inflater.reset();
    }
    given = inflater.getBytesRead();
  }

  /** Takes the next bytes of a message, which stay in the buffer; returns their inflated size, at most a little over {@code limit}. */
  long take(Buffer in, long count, long limit) throws IOException {
    long size = 0;
    long offset = 0;
    while (offset < count && size <= limit) {
      int part = (int) Math.min(count - offset, CHUNK);
      in.copyTo(scratch, offset, part);
      offset += part;
      for (int read = 0; read < part; ) {
        read += scratch.read(compressed, read, part - read);
      }
      size += inflate(compressed, part, limit - size);
    }
    return size;
  }

  /** Ends a message: the next may refer to what was in it. */
  void endMessage() throws IOException {
    inflate(TAIL, TAIL.length, Long.MAX_VALUE);
    if (inflater.getBytesRead() < given) {
      // A final block came before the end. OkHttp resets its inflater then, and only
      // then.
      inflater.reset();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private long inflate(byte[] bytes, int count, long limit) throws IOException {
    long size = 0;
    given += count;
    try {
      inflater.setInput(bytes, 0, count);
      for (int more = inflater.inflate(inflated); more > 0; more = inflater.inflate(inflated)) {
        size += more;
        if (size > limit) {
          break;
        }
      }
    } catch (DataFormatException noDeflate) {
      // OkHttp would say the same, but only at the end of the message, which may never come.
      throw new IOException("a compressed message cannot be inflated: " + noDeflate, noDeflate);
    }
    return size;
  }
}

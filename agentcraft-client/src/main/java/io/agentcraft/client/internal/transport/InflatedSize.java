package io.agentcraft.client.internal.transport;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import okio.Buffer;

/**
 * Tells how large compressed messages (permessage-deflate) become, without keeping what they become. Confined to the
 * reader thread.
 */
final class InflatedSize implements AutoCloseable {

  private static final int CHUNK = 8 << 10;

  /** What a sender leaves out at the end of each message (RFC 7692, 7.2.1). */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Inflater inflater = new Inflater(true);
  private final Buffer scratch = new Buffer();
  private final byte[] compressed = new byte[CHUNK];
  private final byte[] inflated = new byte[CHUNK];
  private boolean broken;

  /** Takes the next bytes of a message, which stay in the buffer; returns what they become, at most {@code limit} + a bit. */
  long take(Buffer in, long count, long limit) {
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
  void endMessage() {
    inflate(TAIL, TAIL.length, Long.MAX_VALUE);
    if (inflater.finished()) {
      inflater.reset();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private long inflate(byte[] bytes, int count, long limit) {
    if (broken) {
      return 0;
    }
    long size = 0;
    try {
      inflater.setInput(bytes, 0, count);
      for (int more = inflater.inflate(inflated); more > 0; more = inflater.inflate(inflated)) {
        size += more;
        if (size > limit) {
          break;
        }
      }
    } catch (DataFormatException noDeflate) {
      // OkHttp, which inflates the same bytes, will end the connection and say why.
      broken = true;
    }
    return size;
  }
}

package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a server's WebSocket frames on, but for messages that are larger than a bound: OkHttp has none of its own and
 * keeps a message in memory as a whole before it hands it over.
 *
 * <p>A message that announces its size in one frame is left out and reported. Of one that grows over the bound in several
 * frames the rest is left out, so that what arrives is cut. A compressed one ends the connection when it grows beyond the
 * bound, as it comes or inflated: leaving it out would break the decompression of all that follow. Pings without end are
 * left out, too. Confined to the reader thread.
 */
final class FrameFilter implements AutoCloseable {

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int OPCODE = 0x0f;
  private static final int CONTINUATION = 0;
  private static final int FIRST_CONTROL_OPCODE = 8;
  private static final int PING = 9;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;

  private final long bound;
  private final Compression compression;
  private final Pongs pongs;
  private final LongConsumer onLeftOut;
  private @Nullable InflatedSize inflatedSize;

  private long messageBytes;
  private long inflatedBytes;
  private boolean messageCompressed;
  private boolean messageLeftOut;

  private long payloadLeft;
  private boolean frameLeftOut;
  private boolean frameCompressed;
  private boolean frameIsLast;

  /**
   * Creates a filter for one connection.
   *
   * @param bound the largest message in bytes, as it comes and inflated
   * @param compression what the server agreed to
   * @param pongs the pongs that are owed to the server
   * @param onLeftOut receives the size of each message that is left out or cut, as far as it is known
   */
  FrameFilter(long bound, Compression compression, Pongs pongs, LongConsumer onLeftOut) {
    this.bound = bound;
    this.compression = compression;
    this.pongs = pongs;
    this.onLeftOut = onLeftOut;
  }

  /** Moves what may pass from one buffer to the other; an incomplete header stays. */
  void filter(Buffer in, Buffer out) throws IOException {
    while (!in.exhausted()) {
      if (payloadLeft == 0) {
        if (!header(in, out)) {
          return;
        }
      } else {
        payload(in, out);
      }
    }
  }

  @Override
  public void close() {
    if (inflatedSize != null) {
      inflatedSize.close();
    }
  }

  private boolean header(Buffer in, Buffer out) throws IOException {
    int second = in.size() < 2 ? 0 : in.getByte(1) & 0xff;
    int shortLength = second & LENGTH;
    int lengthBytes =
        shortLength == LENGTH_IN_2_BYTES ? 2 : shortLength == LENGTH_IN_8_BYTES ? 8 : 0;
    int size = 2 + lengthBytes + ((second & MASKED) != 0 ? 4 : 0);
    if (in.size() < size) {
      return false;
    }
    long length = lengthBytes == 0 ? shortLength : 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | (in.getByte(2 + i) & 0xff);
    }
    // OkHttp reports a negative length, and a control frame that is too long.
    payloadLeft = Math.max(length, 0);
    begin(in.getByte(0) & 0xff, out);
    if (frameLeftOut) {
      in.skip(size);
    } else {
      out.write(in, size);
    }
    endIfWhole();
    return true;
  }

  private void begin(int first, Buffer out) throws IOException {
    int opcode = first & OPCODE;
    frameCompressed = false;
    frameLeftOut = opcode == PING && !pongs.mayBeOwed();
    if (opcode >= FIRST_CONTROL_OPCODE) {
      return;
    }
    boolean begins = opcode != CONTINUATION;
    if (begins) {
      beginMessage((first & RSV1) != 0);
    }
    frameCompressed = messageCompressed;
    frameIsLast = (first & FIN) != 0;
    boolean tooLarge = payloadLeft > bound - messageBytes;
    // A frame may announce any length up to Long.MAX_VALUE.
    messageBytes += Math.min(payloadLeft, Long.MAX_VALUE - messageBytes);
    if (messageCompressed && tooLarge) {
      throw new MessageTooBigException(bound);
    }
    if (!messageCompressed) {
      plain(begins, tooLarge, out);
    }
  }

  private void beginMessage(boolean marked) {
    messageBytes = 0;
    inflatedBytes = 0;
    messageLeftOut = false;
    // Without an agreement OkHttp ends the connection because of the mark, and inflates nothing.
    messageCompressed = marked && compression != Compression.NONE;
    if (messageCompressed) {
      inflater().beginMessage();
    }
  }

  private void plain(boolean begins, boolean tooLarge, Buffer out) {
    if (tooLarge && !messageLeftOut) {
      messageLeftOut = true;
      onLeftOut.accept(messageBytes);
      if (!begins) {
        // The frames before have passed: an empty last one ends the message.
        out.writeByte(FIN | CONTINUATION).writeByte(0);
      }
    }
    frameLeftOut = messageLeftOut;
  }

  private void payload(Buffer in, Buffer out) throws IOException {
    long count = Math.min(payloadLeft, in.size());
    if (frameCompressed) {
      inflatedBytes += inflater().take(in, count, bound - inflatedBytes);
      if (inflatedBytes > bound) {
        throw new MessageTooBigException(bound);
      }
    }
    if (frameLeftOut) {
      in.skip(count);
    } else {
      out.write(in, count);
    }
    payloadLeft -= count;
    endIfWhole();
  }

  private void endIfWhole() throws IOException {
    if (payloadLeft == 0 && frameCompressed && frameIsLast) {
      inflater().endMessage();
    }
  }

  private InflatedSize inflater() {
    if (inflatedSize == null) {
      inflatedSize = new InflatedSize(compression == Compression.WITHOUT_CONTEXT);
    }
    return inflatedSize;
  }

  /**
   * Measures how large compressed messages (permessage-deflate) become, without keeping the result. It must stay in step with
   * OkHttp, which inflates the same bytes: a server that gets the two out of step has got around the bound.
   */
  static final class InflatedSize implements AutoCloseable {

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

  /** A compressed message grows beyond the bound. */
  static final class MessageTooBigException extends IOException {

    private static final long serialVersionUID = 1L;

    MessageTooBigException(long bound) {
      super("a compressed message has more than " + bound
          + " bytes, as it came or inflated: the bound of maxMessageBytes(…)");
    }
  }

  /**
   * Counts the pings of one connection that still wait for their pongs: OkHttp keeps those in a queue without a bound, which
   * a server that pings but does not read would fill. Pings come on the reader thread, pongs leave on the writer's.
   */
  static final class Pongs {

    static final int MOST_OWED = 1_000;

    private final AtomicInteger owed = new AtomicInteger();

    /** A ping has come. Returns whether to answer it: one pong may answer many pings (RFC 6455, 5.5.3). */
    boolean mayBeOwed() {
      return owed.get() < MOST_OWED && owed.incrementAndGet() > 0;
    }

    /** A frame has left. While pongs wait it is one of them: OkHttp writes those first. */
    void frameLeft() {
      owed.updateAndGet(count -> Math.max(0, count - 1));
    }
  }
}

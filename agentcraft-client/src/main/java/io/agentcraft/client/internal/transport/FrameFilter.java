package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a server's WebSocket frames on, but for messages that are larger than a bound: OkHttp has none of its own and
 * keeps a message in memory as a whole before it hands it over.
 *
 * <p>A message that is too large is left out and reported. One in several frames is held back until it is whole, and then
 * passed as one frame. A compressed one is passed as it comes and ends the connection when it grows beyond the bound, as it
 * comes or inflated: leaving it out would break the decompression of all that follow. Pings without end are left out, too.
 * Confined to the reader thread.
 */
final class FrameFilter implements AutoCloseable {

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int FIRST_CONTROL_OPCODE = 8;
  private static final int PING = 9;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MAX_IN_2_BYTES = 0xffff;

  /** What becomes of a frame. */
  private enum Fate {
    PASS,
    /** Its payload waits for the rest of the message. */
    HOLD,
    /** With it a message that was held back is whole. */
    COMPLETE,
    LEAVE_OUT
  }

  private final long bound;
  private final Compression compression;
  private final Pongs pongs;
  private final LongConsumer onLeftOut;
  private @Nullable InflatedSize inflatedSize;

  private long messageBytes;
  private long inflatedBytes;
  private boolean messageCompressed;
  private boolean messageLeftOut;
  /** Whether more frames of a message that is not compressed are to come. */
  private boolean messageOpen;

  private int messageOpcode;
  private final Buffer held = new Buffer();

  private long payloadLeft;
  private Fate fate = Fate.PASS;
  private boolean frameCompressed;
  private boolean frameIsLast;

  /**
   * Creates a filter for one connection.
   *
   * @param bound the largest message in bytes, as it comes and inflated
   * @param compression what the server agreed to
   * @param pongs the pongs that are owed to the server
   * @param onLeftOut receives the size of each message that is left out, as far as it is known
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
    int first = in.getByte(0) & 0xff;
    begin(first, (second & MASKED) == 0 && (first & RESERVED) == 0 && length >= 0, out);
    if (fate == Fate.PASS) {
      out.write(in, size);
    } else {
      in.skip(size);
    }
    if (fate == Fate.COMPLETE) {
      releaseHeld(FIN, messageBytes, out);
    }
    endIfWhole();
    return true;
  }

  private void begin(int first, boolean plain, Buffer out) throws IOException {
    int opcode = first & OPCODE;
    frameCompressed = false;
    fate = opcode == PING && !pongs.mayBeOwed() ? Fate.LEAVE_OUT : Fate.PASS;
    if (opcode >= FIRST_CONTROL_OPCODE) {
      return;
    }
    if (messageOpen && (opcode != CONTINUATION || !plain)) {
      // OkHttp ends the connection because of this frame, if it knows of the message.
      messageOpen = false;
      releaseHeld(0, held.size(), out);
    }
    if (opcode != CONTINUATION) {
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
      fate = fate(opcode, plain && opcode <= BINARY, tooLarge);
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

  private Fate fate(int opcode, boolean valid, boolean tooLarge) {
    if (tooLarge && !messageLeftOut) {
      messageLeftOut = true;
      held.clear();
      onLeftOut.accept(messageBytes);
    }
    boolean begins = valid && opcode != CONTINUATION;
    boolean continues = messageOpen && opcode == CONTINUATION;
    messageOpen = (begins || continues) && !frameIsLast;
    if (messageLeftOut) {
      return Fate.LEAVE_OUT;
    }
    if (begins) {
      messageOpcode = opcode;
    }
    if (messageOpen) {
      return Fate.HOLD;
    }
    return continues ? Fate.COMPLETE : Fate.PASS;
  }

  /** Passes what was held back of a message, as one frame. */
  private void releaseHeld(int fin, long length, Buffer out) {
    out.writeByte(fin | messageOpcode);
    if (length < LENGTH_IN_2_BYTES) {
      out.writeByte((int) length);
    } else if (length <= MAX_IN_2_BYTES) {
      out.writeByte(LENGTH_IN_2_BYTES).writeShort((int) length);
    } else {
      out.writeByte(LENGTH_IN_8_BYTES).writeLong(length);
    }
    out.write(held, held.size());
  }

  private void payload(Buffer in, Buffer out) throws IOException {
    long count = Math.min(payloadLeft, in.size());
    if (frameCompressed) {
      inflatedBytes += inflater().take(in, count, bound - inflatedBytes);
      if (inflatedBytes > bound) {
        throw new MessageTooBigException(bound);
      }
    }
    if (fate == Fate.LEAVE_OUT) {
      in.skip(count);
    } else {
      (fate == Fate.HOLD ? held : out).write(in, count);
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

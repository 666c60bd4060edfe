package io.agentcraft.testing.internal.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Encodes frames (RFC 6455, 5.2), including those that no WebSocket would send. */
public final class RawFrame {

  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xa;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int CHUNK = 64 << 10;

  /** How many bytes a sender leaves out at the end of each compressed message (RFC 7692, 7.2.1). */
  private static final int TAIL = 4;

  private RawFrame() {}

  /** A whole text message. */
  public static byte[] text(byte[] payload) {
    return frame(FIN | TEXT, payload);
  }

  /** Only the header of a text message. */
  public static byte[] textHeader(long length) {
    return header(FIN | TEXT, length);
  }

  /** A close frame with any code. */
  public static byte[] close(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    return frame(
        FIN | CLOSE,
        ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
  }

  /** A close frame without a code. */
  public static byte[] emptyClose() {
    return frame(FIN | CLOSE, new byte[0]);
  }

  /** One text message in several frames of about the same size, with a ping before the last. */
  public static byte[] fragments(byte[] payload, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      boolean last = i == count;
      int to = last ? payload.length : (int) ((long) payload.length * i / count);
      if (last && count > 1) {
        all.writeBytes(frame(FIN | PING, new byte[0]));
      }
      byte[] part = Arrays.copyOfRange(payload, from, to);
      all.writeBytes(frame((last ? FIN : 0) | (i == 1 ? TEXT : CONTINUATION), part));
      from = to;
    }
    return all.toByteArray();
  }

  /** A compressed text message of this many spaces. */
  public static byte[] bomb(long inflatedBytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      byte[] blanks = " ".repeat(CHUNK).getBytes(StandardCharsets.UTF_8);
      byte[] buffer = new byte[CHUNK];
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      for (long left = inflatedBytes; left > 0; left -= CHUNK) {
        deflater.setInput(blanks, 0, (int) Math.min(left, CHUNK));
        int flush = left <= CHUNK ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
        int count;
        do {
          count = deflater.deflate(buffer, 0, buffer.length, flush);
          compressed.write(buffer, 0, count);
        } while (count == buffer.length || (flush == Deflater.NO_FLUSH && !deflater.needsInput()));
      }
      byte[] whole = compressed.toByteArray();
      return frame(FIN | RSV1 | TEXT, Arrays.copyOf(whole, Math.max(0, whole.length - TAIL)));
    } finally {
      deflater.end();
    }
  }

  static byte[] frame(int first, byte[] payload) {
    byte[] header = header(first, payload.length);
    return ByteBuffer.allocate(header.length + payload.length)
        .put(header)
        .put(payload)
        .array();
  }

  static byte[] header(int first, long length) {
    if (length < LENGTH_IN_2_BYTES) {
      return new byte[] {(byte) first, (byte) length};
    }
    if (length <= 0xffff) {
      return ByteBuffer.allocate(4)
          .put((byte) first)
          .put((byte) LENGTH_IN_2_BYTES)
          .putShort((short) length)
          .array();
    }
    return ByteBuffer.allocate(10)
        .put((byte) first)
        .put((byte) LENGTH_IN_8_BYTES)
        .putLong(length)
        .array();
  }
}

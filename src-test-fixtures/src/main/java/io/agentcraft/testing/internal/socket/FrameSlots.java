package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the frames that a WebSocket writes, so that bytes which it would never write can be put between two of them,
 * after a certain message. (RFC 6455, 5.2; a server's frames have no mask.)
 */
final class FrameSlots extends OutputStream {

  private record Slot(long messages, Insertion insertion) {}

  private static final int FIN = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int FIRST_CONTROL_OPCODE = 8;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int LONGEST_HEADER = 10;

  private final OutputStream out;

  // Guarded by this.
  private final Deque<Slot> slots = new ArrayDeque<>();
  private final byte[] header = new byte[LONGEST_HEADER];
  private boolean begun;
  private int headerBytes;
  private long payloadLeft;
  private long messages;

  FrameSlots(OutputStream out) {
    this.out = out;
  }

  /** The handshake is answered: all that follows is frames. */
  synchronized void begin() {
    begun = true;
  }

  /** Inserts something as soon as so many messages have left whole: now, or on the thread that writes the last of them. */
  synchronized void after(long count, Insertion insertion) throws IOException {
    slots.add(new Slot(count, insertion));
    if (headerBytes == 0 && payloadLeft == 0) {
      fill();
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int from = offset;
    int at = begun ? offset : end;
    while (at < end) {
      at += follow(bytes, at, end);
      if (headerBytes == 0 && payloadLeft == 0) {
        out.write(bytes, from, at - from);
        from = at;
        fill();
      }
    }
    out.write(bytes, from, end - from);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Follows the frame for a bit; returns for how many bytes. */
  private int follow(byte[] bytes, int at, int end) {
    if (payloadLeft > 0) {
      int count = (int) Math.min(payloadLeft, end - at);
      payloadLeft -= count;
      countIfWhole();
      return count;
    }
    header[headerBytes++] = bytes[at];
    if (headerBytes >= 2 && headerBytes == headerSize()) {
      payloadLeft = payloadLength();
      headerBytes = 0;
      countIfWhole();
    }
    return 1;
  }

  private void countIfWhole() {
    int first = header[0];
    if (payloadLeft == 0 && (first & FIN) != 0 && (first & OPCODE) < FIRST_CONTROL_OPCODE) {
      messages++;
    }
  }

  private int headerSize() {
    int length = header[1] & LENGTH;
    return length == LENGTH_IN_8_BYTES ? LONGEST_HEADER : length == LENGTH_IN_2_BYTES ? 4 : 2;
  }

  private long payloadLength() {
    int size = headerSize();
    if (size == 2) {
      return header[1] & LENGTH;
    }
    long length = 0;
    for (int i = 2; i < size; i++) {
      length = length << 8 | (header[i] & 0xff);
    }
    return length;
  }

  private void fill() throws IOException {
    while (!slots.isEmpty() && slots.getFirst().messages() <= messages) {
      slots.remove().insertion().writeTo(out);
    }
  }
}

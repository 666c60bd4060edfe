package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Follows the frames that a WebSocket writes, so that other bytes can be inserted between two of them, after a certain message.
 * (RFC 6455, 5.2; a server's frames are not masked.)
 */
final class FrameInsertingOutputStream extends OutputStream {

  private record Slot(long messages, TrackedSocket.Insertion insertion) {}

  private static final int FIN = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int FIRST_CONTROL_OPCODE = 8;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int LONGEST_HEADER = 10;

  private final OutputStream out;
  private final Queue<Slot> slots = new ConcurrentLinkedQueue<>();
  /** Held by whoever writes. Not a lock, since it is handed from one thread to another. */
  private final Semaphore turn = new Semaphore(1);

  // Belong to whoever holds the turn.
  private final byte[] header = new byte[LONGEST_HEADER];
  private boolean begun;
  private int headerBytes;
  private long payloadLeft;
  private long messages;

  FrameInsertingOutputStream(OutputStream out) {
    this.out = out;
  }

  /** Called when the handshake is answered: only frames follow. */
  void begin() {
    turn.acquireUninterruptibly();
    begun = true;
    turn.release();
  }

  /**
   * Inserts bytes as soon as this many messages were written: now, or after the last of them. Never blocks, however large they
   * are and however slow the client is: they are written by another thread, or by one that writes anyway.
   */
  void after(long count, TrackedSocket.Insertion insertion) {
    slots.add(new Slot(count, insertion));
    if (turn.tryAcquire()) {
      Thread writer = new Thread(this::fillInTurn, "agentcraft-reference-server-writer");
      writer.setDaemon(true);
      writer.start();
    }
  }

  private void fillInTurn() {
    try {
      var unused = fill();
    } catch (IOException clientIsGone) {
      // The thread that reads from the socket notices it.
    } finally {
      turn.release();
    }
    fillWhatCameMeanwhile();
  }

  /** Otherwise what was added while another thread held the turn would wait for the next frame. */
  private void fillWhatCameMeanwhile() {
    boolean filled = true;
    while (filled && !slots.isEmpty() && turn.tryAcquire()) {
      try {
        filled = fill();
      } catch (IOException clientIsGone) {
        return;
      } finally {
        turn.release();
      }
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    turn.acquireUninterruptibly();
    try {
      writeFrames(bytes, offset, length);
    } finally {
      turn.release();
    }
    fillWhatCameMeanwhile();
  }

  private void writeFrames(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int from = offset;
    int at = begun ? offset : end;
    while (at < end) {
      at += follow(bytes, at, end);
      if (isBetweenFrames()) {
        out.write(bytes, from, at - from);
        from = at;
        var unused = fill();
      }
    }
    out.write(bytes, from, end - from);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Follows the frame for some bytes; returns how many. */
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

  private boolean isBetweenFrames() {
    return headerBytes == 0 && payloadLeft == 0;
  }

  /** Inserts what is due; returns whether there was anything. */
  private boolean fill() throws IOException {
    boolean filled = false;
    while (isBetweenFrames()) {
      Slot next = slots.peek();
      if (next == null || next.messages() > messages) {
        return filled;
      }
      slots.remove();
      next.insertion().writeTo(out);
      filled = true;
    }
    return filled;
  }
}

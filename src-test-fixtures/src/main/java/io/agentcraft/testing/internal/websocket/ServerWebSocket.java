package io.agentcraft.testing.internal.websocket;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a WebSocket. Frames are read by the thread that calls {@link #run}. What is sent is queued, and written
 * by a thread of the executor, so that whoever sends never waits for a client or for a lock.
 */
public final class ServerWebSocket {

  /** The TCP connection below. */
  public interface Wire {

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** Ends what the server sends. */
    void endOutput() throws IOException;

    /** Ends the connection. */
    void end();

    /** From now on the client has only a limited time. */
    void limitTime();

    /** Waits until the connection has ended. */
    void awaitEnd();
  }

  /** Receives what the client does, on the thread that reads. */
  public interface Listener {

    default void text(String text) {}

    default void binary(int size) {}

    /**
     * The client's close frame.
     *
     * @return whether to answer it, and then to end the connection
     */
    default boolean closing(int code, String reason) {
      return true;
    }

    /** The end without a close frame. */
    default void lost(String why) {}
  }

  /** Bytes that are written between two frames. */
  @FunctionalInterface
  public interface Insertion {

    /** Writes them. Called once. */
    void writeTo(OutputStream out) throws IOException;
  }

  private interface Step {
    void run() throws IOException;
  }

  private record Entry(long size, Step step) {}

  /** A client that is further behind is given up, in characters and bytes. */
  private static final long MAX_QUEUED = 16L * 1024 * 1024;

  /** What each entry costs beside its content, so that many small ones count too. */
  private static final int OVERHEAD = 64;

  private static final int MAX_REASON = 123;
  private static final int GOING_AWAY = 1001;
  private static final int NORMAL = 1000;
  private static final int DRAIN_CHUNK = 8_192;

  private final Wire wire;
  private final Executor writers;
  private final Listener listener;
  private final Compression.@Nullable MessageInflater inflater;
  private final Compression.@Nullable MessageDeflater deflater;
  private final InputStream in;
  private final OutputStream raw;
  private final OutputStream out;

  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unwritten = new AtomicInteger();
  private final AtomicLong queued = new AtomicLong();
  private volatile boolean closing;

  // Belong to the thread that writes.
  private boolean closeWritten;
  private boolean broken;

  /**
   * Creates a WebSocket whose handshake has been answered.
   *
   * @param compression null for none
   * @param writers runs what writes, which blocks while the client does not read
   */
  public ServerWebSocket(
      Wire wire, @Nullable Compression compression, Executor writers, Listener listener)
      throws IOException {
    this.wire = wire;
    this.writers = writers;
    this.listener = listener;
    inflater = compression == null ? null : compression.inflater();
    deflater = compression == null ? null : compression.deflater();
    in = wire.input();
    raw = wire.output();
    out = new BufferedOutputStream(raw);
  }

  /** Reads until the connection has ended. */
  public void run() {
    try {
      readFrames();
    } catch (ProtocolError error) {
      listener.lost("the client violated the protocol: " + error.getMessage());
      refuse(error);
    } catch (IOException | RuntimeException | Error lost) {
      listener.lost(lost.toString());
      wire.end();
    } finally {
      wire.awaitEnd();
      if (inflater != null) {
        inflater.end();
      }
      if (deflater != null) {
        deflater.end();
      }
    }
  }

  /** Sends a text, unless the connection is closing, dead or too far behind: then returns false. */
  public boolean send(String text) {
    return sendMessage(
        text.length(), () -> write(RawFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a binary message; see {@link #send(String)}. */
  public boolean send(byte[] payload) {
    return sendMessage(payload.length, () -> write(RawFrame.BINARY, payload));
  }

  /** Writes bytes as they are, behind everything that was sent so far. */
  public void insert(Insertion insertion) {
    enqueue(0, () -> {
      out.flush();
      insertion.writeTo(raw);
    });
  }

  /**
   * Sends a close frame, after which nothing is sent.
   *
   * @throws IllegalArgumentException if the code or the reason can't be sent
   */
  public void close(int code, String reason) {
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (!FrameReader.isCloseCode(code) || bytes > MAX_REASON) {
      throw new IllegalArgumentException("A close frame can't have the code " + code
          + " and a reason of " + bytes + " bytes. Use 1000 to 1014 without 1004, 1005 and 1006, or"
          + " 3000 to 4999, and at most " + MAX_REASON + " bytes.");
    }
    closing = true;
    enqueue(0, () -> {
      if (!closeWritten) {
        closeWritten = true;
        out.write(RawFrame.close(code, reason));
      }
    });
  }

  /** Returns how much waits to be written. */
  public long queuedSize() {
    return queued.get();
  }

  private void readFrames() throws IOException {
    FrameReader reader = new FrameReader(in, inflater, new FrameReader.Handler() {
      @Override
      public void text(String text) {
        listener.text(text);
      }

      @Override
      public void binary(int size) {
        listener.binary(size);
      }

      @Override
      public void ping(byte[] payload) {
        var unused = sendMessage(
            payload.length, () -> out.write(RawFrame.frame(RawFrame.FIN | RawFrame.PONG, payload)));
      }

      @Override
      public void close(int code, String reason) {
        if (listener.closing(code, reason)) {
          ServerWebSocket.this.close(code == FrameReader.NO_CODE ? NORMAL : code, "");
          wire.limitTime();
          enqueue(0, () -> {
            out.flush();
            wire.end();
          });
        }
      }
    });
    boolean open = true;
    while (open) {
      open = reader.readFrame();
    }
  }

  /** Closes as uvicorn does. Reads on, since closing a socket with unread bytes would take the close frame from the client. */
  private void refuse(ProtocolError error) {
    close(error.code(), String.valueOf(error.getMessage()));
    enqueue(0, () -> {
      out.flush();
      wire.endOutput();
    });
    wire.limitTime();
    byte[] ignored = new byte[DRAIN_CHUNK];
    try {
      while (in.read(ignored) >= 0) {
        // Only the end is of interest.
      }
    } catch (IOException ended) {
      // As good as the end of the stream.
    }
    wire.end();
  }

  private boolean sendMessage(int size, Step step) {
    if (closing) {
      return false;
    }
    if (queued.get() + size + OVERHEAD > MAX_QUEUED) {
      close(GOING_AWAY, "");
      wire.limitTime();
      return false;
    }
    enqueue(size + OVERHEAD, () -> {
      if (!closeWritten) {
        step.run();
      }
    });
    return true;
  }

  private void write(int opcode, byte[] payload) throws IOException {
    byte[] bytes = deflater == null ? payload : deflater.deflate(payload);
    int first = RawFrame.FIN | (deflater == null ? 0 : RawFrame.RSV1) | opcode;
    out.write(RawFrame.header(first, bytes.length));
    out.write(bytes);
  }

  private void enqueue(long size, Step step) {
    queued.addAndGet(size);
    entries.add(new Entry(size, step));
    if (unwritten.getAndIncrement() == 0) {
      writers.execute(this::writeAll);
    }
  }

  private void writeAll() {
    int written = 1;
    do {
      for (int i = 0; i < written; i++) {
        Entry entry = entries.remove();
        run(entry.step());
        queued.addAndGet(-entry.size());
      }
      int before = written;
      if (unwritten.get() == before) {
        run(out::flush);
      }
      written = unwritten.addAndGet(-before);
    } while (written > 0);
  }

  private void run(Step step) {
    try {
      if (!broken) {
        step.run();
      }
    } catch (IOException | RuntimeException clientIsGone) {
      // The thread that reads notices it too.
      broken = true;
    }
  }
}

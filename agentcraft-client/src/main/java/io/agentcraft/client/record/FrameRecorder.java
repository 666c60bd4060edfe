package io.agentcraft.client.record;

import io.agentcraft.client.internal.guard.LogText;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the frames of a client to a file, one {@link RecordedFrame} per line. Every line is passed to the operating system
 * at once, so none is lost if the process is killed. When the file reaches its maximum size or can't be written, recording
 * stops with a warning in the log, and the client continues.
 *
 * <pre>{@code
 * try (FrameRecorder recorder = FrameRecorder.to(Path.of("traffic.jsonl"));
 *     AgentCraftClient client = AgentCraftClient.builder(url).frameListener(recorder).build()) {
 *   …
 * }
 * }</pre>
 *
 * <p>The recorder writes on the thread that reads from the network, so record to a local disk. Several clients may share a
 * recorder; their frames are then interleaved. Frames contain what agents and users wrote, so protect the file as you protect
 * your logs. Thread-safe.
 */
public final class FrameRecorder implements FrameListener, AutoCloseable {

  /** The default maximum size of a file: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** A control character is escaped with six. */
  private static final long MAX_BYTES_PER_CHAR = 6;

  private static final int MAX_BYTES_AROUND_TEXT = 100;

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final Path file;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final long start;
  private final CountingOutputStream counted;
  private final Writer out;

  // Guarded by this.
  private long frames;
  private boolean full;
  private boolean closed;
  private @Nullable IOException failure;

  FrameRecorder(Path file, long maxBytes, LongSupplier nanoTime) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxBytes is " + maxBytes + ", but must be at least 1, for example 1_000_000.");
    }
    this.file = file;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    try {
      // Not a channel: interrupting the writing thread would close it.
      counted = new CountingOutputStream(new FileOutputStream(file.toFile()));
      out = writer(counted);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          "Can't record frames to " + LogText.escape(file.toString())
              + ". Check that its directory exists and is writable.",
          unwritable);
    }
  }

  /**
   * Starts a recording of at most {@link #DEFAULT_MAX_BYTES}. Offsets are relative to this call.
   *
   * @param file the file; an existing one is overwritten
   * @return the recorder
   * @throws UncheckedIOException if the file can't be written
   */
  public static FrameRecorder to(Path file) {
    return to(file, DEFAULT_MAX_BYTES);
  }

  /**
   * Starts a recording. Offsets are relative to this call.
   *
   * @param file the file; an existing one is overwritten
   * @param maxBytes the maximum size of the file, in bytes
   * @return the recorder
   * @throws UncheckedIOException if the file can't be written
   * @throws IllegalArgumentException if {@code maxBytes} is less than 1
   */
  public static FrameRecorder to(Path file, long maxBytes) {
    return new FrameRecorder(Objects.requireNonNull(file, "file"), maxBytes, System::nanoTime);
  }

  @Override
  public void onFrame(Direction direction, String text) {
    long at = nanoTime.getAsLong();
    if (isStopped()) {
      return;
    }
    Duration offset = Duration.ofNanos(Math.max(0, at - start));
    write(new RecordedFrame(offset, direction, text));
  }

  /**
   * Returns the number of recorded frames.
   *
   * @return the number of frames
   */
  public synchronized long frames() {
    return frames;
  }

  /**
   * Returns the size of the file.
   *
   * @return the size in bytes
   */
  public synchronized long bytes() {
    return counted.bytes;
  }

  /**
   * Returns whether recording has stopped because the next frame would exceed the maximum size.
   *
   * @return {@code true} if the file is full
   */
  public synchronized boolean isFull() {
    return full;
  }

  /**
   * Returns the error that stopped the recording.
   *
   * @return the error; {@code null} if there was none
   */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Closes the file. Later frames are not recorded. Never throws; see {@link #failure()}. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeFile();
    }
  }

  private synchronized boolean isStopped() {
    return full || closed || failure != null;
  }

  private synchronized void write(RecordedFrame frame) {
    if (isStopped()) {
      return;
    }
    if (!hasRoomFor(frame)) {
      full = true;
      LOG.warn(
          "Recording to {} stopped after {} frames: the file has reached its maximum size.",
          LogText.escape(file.toString()),
          frames);
      return;
    }
    try {
      frame.writeLine(out);
      out.write('\n');
      out.flush();
      frames++;
    } catch (IOException unwritable) {
      failure = unwritable;
      LOG.warn(
          "Recording to {} stopped after {} frames.",
          LogText.escape(file.toString()),
          frames,
          LogText.loggable(unwritable));
      closeFile();
    }
  }

  private boolean hasRoomFor(RecordedFrame frame) {
    long room = maxBytes - counted.bytes;
    return room >= MAX_BYTES_PER_CHAR * frame.text().length() + MAX_BYTES_AROUND_TEXT
        || (room > frame.text().length() && room >= bytesOf(frame));
  }

  /** Counts without keeping anything: others decide how long a frame is. */
  private static long bytesOf(RecordedFrame frame) {
    CountingOutputStream bytes = new CountingOutputStream(OutputStream.nullOutputStream());
    try (Writer line = writer(bytes)) {
      frame.writeLine(line);
      line.write('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException("Counting does not fail.", impossible);
    }
    return bytes.bytes;
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private void closeFile() {
    try {
      out.close();
    } catch (IOException late) {
      if (failure == null) {
        failure = late;
      }
    }
  }

  /** Knows how many bytes were written. */
  private static final class CountingOutputStream extends FilterOutputStream {

    private long bytes;

    CountingOutputStream(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
      bytes += length;
    }
  }
}

package io.agentcraft.client.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the frames of a client to a file, one {@link RecordedFrame} a line. Every line is handed to the operating system at
 * once, so a process that is killed loses none. The file grows up to a bound; then, or when it can't be written, recording
 * stops with one warning in the log, and the client goes on.
 *
 * <pre>{@code
 * try (FrameRecorder recorder = FrameRecorder.to(Path.of("traffic.jsonl"));
 *     AgentCraftClient client = AgentCraftClient.builder(url).frameListener(recorder).build()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Writes on the thread that reads from the network: record to a local disk. One recorder may serve several clients; their
 * lines are mixed. Frames hold what agents and users wrote, so treat the file as you treat your logs. Safe to use from any
 * thread.
 */
public final class FrameRecorder implements FrameListener, AutoCloseable {

  /** The bound of a file unless another is given: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final Path file;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final long start;
  // Not a channel, which an interrupt of the thread that happens to write would close.
  private final OutputStream out;

  // Guarded by this.
  private long frames;
  private long bytes;
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
      out = new FileOutputStream(file.toFile());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          "Frames can't be recorded to " + file
              + ". Check that its folder exists and may be written.",
          unwritable);
    }
  }

  /**
   * Begins a recording of at most {@link #DEFAULT_MAX_BYTES}. Offsets count from now.
   *
   * @param file the file; an existing one is overwritten
   * @return the recorder
   * @throws UncheckedIOException if the file can't be written
   */
  public static FrameRecorder to(Path file) {
    return to(file, DEFAULT_MAX_BYTES);
  }

  /**
   * Begins a recording. Offsets count from now.
   *
   * @param file the file; an existing one is overwritten
   * @param maxBytes how large it may become, in bytes
   * @return the recorder
   * @throws UncheckedIOException if the file can't be written
   * @throws IllegalArgumentException if the bound is less than 1
   */
  public static FrameRecorder to(Path file, long maxBytes) {
    return new FrameRecorder(Objects.requireNonNull(file, "file"), maxBytes, System::nanoTime);
  }

  @Override
  public void onFrame(FrameDirection direction, String text) {
    long at = nanoTime.getAsLong();
    if (isOver()) {
      return;
    }
    Duration offset = Duration.ofNanos(Math.max(0, at - start));
    String line = new RecordedFrame(offset, direction, text).toLine() + '\n';
    write(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns how many frames were written.
   *
   * @return the number
   */
  public synchronized long frames() {
    return frames;
  }

  /**
   * Returns how large the file is.
   *
   * @return bytes
   */
  public synchronized long bytes() {
    return bytes;
  }

  /**
   * Tells whether recording stopped because the next frame would not have fitted.
   *
   * @return whether the file is full
   */
  public synchronized boolean isFull() {
    return full;
  }

  /**
   * Returns why recording stopped, if the file could not be written.
   *
   * @return the failure, or {@code null}
   */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Closes the file. Frames that come later are not recorded. Never throws; see {@link #failure()}. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeFile();
    }
  }

  private synchronized boolean isOver() {
    return full || closed || failure != null;
  }

  private synchronized void write(byte[] line) {
    if (isOver()) {
      return;
    }
    if (bytes + line.length > maxBytes) {
      full = true;
      LOG.warn("Recording to {} stopped after {} frames: it is full.", file, frames);
      return;
    }
    try {
      out.write(line);
      frames++;
      bytes += line.length;
    } catch (IOException unwritable) {
      failure = unwritable;
      LOG.warn("Recording to {} stopped after {} frames.", file, frames, unwritable);
      closeFile();
    }
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
}

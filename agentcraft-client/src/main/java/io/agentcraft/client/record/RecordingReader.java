package io.agentcraft.client.record;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link FrameRecorder} wrote, frame by frame, so that a recording of any length fits into memory.
 *
 * <pre>{@code
 * try (RecordingReader reader = RecordingReader.of(Path.of("traffic.jsonl"))) {
 *   for (RecordedFrame frame = reader.next(); frame != null; frame = reader.next()) {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>A last line that was cut off, as by a full disk or a machine that lost its power, is left out. A line that is damaged in
 * another way is an error. Blank lines are passed over. To be used by one thread at a time.
 */
public final class RecordingReader implements Closeable {

  private final Path file;
  private final LastByte bytes;
  private final BufferedReader lines;
  private long number;
  private @Nullable String ahead;

  private RecordingReader(Path file) throws IOException {
    this.file = file;
    this.bytes = new LastByte(Files.newInputStream(file));
    // What is no UTF-8, in a line that was cut off for example, is replaced and not an error.
    this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    try {
      this.ahead = lines.readLine();
    } catch (IOException unreadable) {
      lines.close();
      throw unreadable;
    }
  }

  /**
   * Opens a recording.
   *
   * @param file the recording
   * @return the reader, before the first frame
   * @throws UncheckedIOException if the file can't be read
   */
  public static RecordingReader of(Path file) {
    try {
      return new RecordingReader(Objects.requireNonNull(file, "file"));
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  /**
   * Reads on.
   *
   * @return the next frame, of either direction; {@code null} behind the last
   * @throws IllegalArgumentException if a line is none of a recording; its message names file and line
   * @throws UncheckedIOException if the file can't be read any further
   */
  public @Nullable RecordedFrame next() {
    while (ahead != null) {
      String line = ahead;
      number++;
      try {
        ahead = lines.readLine();
      } catch (IOException unreadable) {
        throw unreadable(file, unreadable);
      }
      RecordedFrame frame = line.isBlank() ? null : parse(line);
      if (frame != null) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable RecordedFrame parse(String line) {
    try {
      return RecordedFrame.parse(line);
    } catch (IllegalArgumentException broken) {
      if (wasCutOff(line)) {
        return null;
      }
      throw new IllegalArgumentException(
          "Line " + number + " of " + file + ": " + broken.getMessage(), broken);
    }
  }

  /** Only what begins as a line does was one: a picture without a line end is no recording of no frames. */
  private boolean wasCutOff(String line) {
    return ahead == null && bytes.last != '\n' && line.startsWith("{");
  }

  private static UncheckedIOException unreadable(Path file, IOException why) {
    String reason = why instanceof NoSuchFileException
        ? "there is no such file"
        : why instanceof AccessDeniedException ? "access is denied" : why.getMessage();
    return new UncheckedIOException("The recording " + file + " can't be read: " + reason, why);
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Remembers how the file ended, which lines don't tell. */
  private static final class LastByte extends FilterInputStream {

    private int last;

    LastByte(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      last = one < 0 ? last : one;
      return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      last = count > 0 ? target[offset + count - 1] : last;
      return count;
    }
  }
}

package io.agentcraft.client.record;

import io.agentcraft.client.internal.guard.LogText;
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
 * Reads a recording of a {@link FrameRecorder} frame by frame, so that a recording of any size can be read.
 *
 * <pre>{@code
 * try (RecordingReader reader = RecordingReader.of(Path.of("traffic.jsonl"))) {
 *   for (RecordedFrame frame = reader.next(); frame != null; frame = reader.next()) {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>An incomplete last line, caused by a full disk or a power failure for example, is skipped. Any other malformed line is an
 * error. Blank lines are skipped. Not thread-safe.
 */
public final class RecordingReader implements Closeable {

  private final Path file;
  private final LastByteInputStream bytes;
  private final BufferedReader lines;
  private long lineNumber;
  private @Nullable String nextLine;

  private RecordingReader(Path file) throws IOException {
    this.file = file;
    this.bytes = new LastByteInputStream(Files.newInputStream(file));
    // Malformed UTF-8, for example in an incomplete last line, is replaced rather than reported.
    this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    try {
      this.nextLine = lines.readLine();
    } catch (IOException unreadable) {
      lines.close();
      throw unreadable;
    }
  }

  /**
   * Opens a recording.
   *
   * @param file the recording
   * @return a reader positioned before the first frame
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
   * Reads the next frame, of either direction.
   *
   * @return the frame; {@code null} at the end of the recording
   * @throws IllegalArgumentException if a line is malformed; the message names file and line
   * @throws UncheckedIOException if the file can't be read
   */
  public @Nullable RecordedFrame next() {
    while (nextLine != null) {
      String line = nextLine;
      lineNumber++;
      try {
        nextLine = lines.readLine();
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
      if (isIncomplete(line)) {
        return null;
      }
      throw new IllegalArgumentException(
          "Line " + lineNumber + " of " + LogText.escape(file.toString()) + ": "
              + broken.getMessage(),
          broken);
    }
  }

  /** Requires the start of a line of a recording, so that a file of another format is not read as an empty recording. */
  private boolean isIncomplete(String line) {
    return nextLine == null && bytes.last != '\n' && line.startsWith("{");
  }

  private static UncheckedIOException unreadable(Path file, IOException why) {
    String reason = why instanceof NoSuchFileException
        ? "there is no such file"
        : why instanceof AccessDeniedException ? "access is denied" : why.getMessage();
    return new UncheckedIOException(
        LogText.escape("The recording " + file + " can't be read: " + reason), why);
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Remembers the last byte, because {@link BufferedReader} hides whether the last line was terminated. */
  private static final class LastByteInputStream extends FilterInputStream {

    private int last;

    LastByteInputStream(InputStream in) {
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

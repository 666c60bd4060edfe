package io.agentcraft.testing.internal.replay;

import io.agentcraft.client.record.FrameDirection;
import io.agentcraft.client.record.RecordedFrame;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what a client received, frame by frame. A last line that was cut off is left out. */
final class RecordingReader implements Closeable {

  private final Path file;
  private final BufferedReader lines;
  private final boolean cutOff;
  private long number;
  private @Nullable String next;

  RecordingReader(Path file) throws IOException {
    this.file = file;
    this.cutOff = endsInsideALine(file);
    // What is no UTF-8, at the end of a file that was cut off for example, is replaced and not an
    // error.
    this.lines = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    this.next = lines.readLine();
  }

  /** Returns the next frame that came from the server; {@code null} after the last. */
  @Nullable
  RecordedFrame next() throws IOException {
    while (next != null) {
      String line = next;
      next = lines.readLine();
      number++;
      if (!line.isBlank()) {
        RecordedFrame frame = parse(line);
        if (frame != null && frame.direction() == FrameDirection.IN) {
          return frame;
        }
      }
    }
    return null;
  }

  private @Nullable RecordedFrame parse(String line) {
    try {
      return RecordedFrame.parse(line);
    } catch (IllegalArgumentException broken) {
      if (next == null && cutOff) {
        return null;
      }
      throw new IllegalArgumentException(
          "Line " + number + " of " + file + ": " + broken.getMessage(), broken);
    }
  }

  private static boolean endsInsideALine(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      if (length == 0) {
        return false;
      }
      bytes.seek(length - 1);
      return bytes.read() != '\n';
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

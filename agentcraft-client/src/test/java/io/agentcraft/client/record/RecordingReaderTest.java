package io.agentcraft.client.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.record.FrameListener.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {

  private static final RecordedFrame FIRST = new RecordedFrame(Duration.ZERO, Direction.IN, "a");
  private static final RecordedFrame SECOND =
      new RecordedFrame(Duration.ofMillis(250), Direction.OUT, "ß");

  @TempDir
  private Path folder;

  @Test
  void readsWhatWasRecorded() throws IOException {
    assertThat(read(FIRST.toLine() + "\n\n" + SECOND.toLine() + "\n"))
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void readsAnUnterminatedLastLine() throws IOException {
    assertThat(read(FIRST.toLine() + "\n" + SECOND.toLine())).containsExactly(FIRST, SECOND);
  }

  @Test
  void skipsAnIncompleteLastLine() throws IOException {
    byte[] whole = (FIRST.toLine() + "\n" + SECOND.toLine()).getBytes(StandardCharsets.UTF_8);
    int second = FIRST.toLine().length() + 1;
    for (int end = second; end < whole.length; end++) {
      byte[] cut = Arrays.copyOf(whole, end);
      assertThat(read(cut)).as("cut at " + end).containsExactly(FIRST);
    }
  }

  @Test
  void namesFileAndLineOfAMalformedLine() {
    String sound = FIRST.toLine() + "\n";
    for (String damaged : List.of("{\"offset_ms\":1\n" + sound, "{\"offset_ms\":1\n", "rubbish")) {
      assertThatThrownBy(() -> read(sound + damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Line 2 of " + folder.resolve("traffic.jsonl"));
    }
  }

  @Test
  void anEmptyFileHasNoFrames() throws IOException {
    assertThat(read("")).isEmpty();
  }

  @Test
  void explainsWhyAFileCannotBeRead() {
    assertThatThrownBy(() -> RecordingReader.of(folder.resolve("missing")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing can't be read: there is no such file");
    assertThatThrownBy(() -> RecordingReader.of(folder)).isInstanceOf(UncheckedIOException.class);
  }

  private List<RecordedFrame> read(String content) throws IOException {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  private List<RecordedFrame> read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("traffic.jsonl"), content);
    List<RecordedFrame> frames = new ArrayList<>();
    try (RecordingReader reader = RecordingReader.of(file)) {
      for (RecordedFrame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }
}

package io.agentcraft.client.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.record.FrameListener.Direction;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameRecorderTest {

  @TempDir
  private Path folder;

  private long now = 5;

  @Test
  void writesEachLineAtOnceWithItsOffset() throws Exception {
    Path file = Files.writeString(folder.resolve("traffic.jsonl"), "of before");
    try (FrameRecorder recorder = new FrameRecorder(file, 1_000, () -> now)) {
      recorder.onFrame(Direction.IN, "a");
      now += Duration.ofMillis(250).toNanos();
      recorder.onFrame(Direction.OUT, "ß");
      List<RecordedFrame> frames =
          Files.readAllLines(file).stream().map(RecordedFrame::parse).toList();
      assertThat(frames)
          .containsExactly(
              new RecordedFrame(Duration.ZERO, Direction.IN, "a"),
              new RecordedFrame(Duration.ofMillis(250), Direction.OUT, "ß"));
      assertThat(recorder.frames()).isEqualTo(2);
      assertThat(recorder.bytes()).isEqualTo(Files.size(file));
      assertThat(recorder.isFull()).isFalse();
    }
  }

  @Test
  void stopsBetweenTwoLinesAtItsMaximumSize() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    FrameRecorder recorder = new FrameRecorder(file, 120, () -> now);
    for (int i = 0; i < 10; i++) {
      recorder.onFrame(Direction.IN, "frame " + i);
    }
    assertThat(recorder.isFull()).isTrue();
    assertThat(recorder.frames()).isEqualTo(2);
    assertThat(Files.size(file)).isEqualTo(recorder.bytes()).isLessThanOrEqualTo(120);
    recorder.close();
    recorder.close();
    recorder.onFrame(Direction.IN, "late");
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(recorder.failure()).isNull();
  }

  @Test
  void aFrameThatDoesNotFitIsNotWrittenInPart() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    FrameRecorder recorder = new FrameRecorder(file, 1_000, () -> now);
    recorder.onFrame(Direction.IN, "first");
    // Its text would fit, but not what its escapes make of it.
    recorder.onFrame(Direction.IN, "\u0001".repeat(300));
    recorder.close();
    assertThat(recorder.isFull()).isTrue();
    assertThat(Files.readAllLines(file))
        .singleElement()
        .extracting(line -> RecordedFrame.parse(line).text())
        .isEqualTo("first");
    assertThat(Files.size(file)).isEqualTo(recorder.bytes());
  }

  @Test
  void theLastBytesAreUsed() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    int line =
        new RecordedFrame(Duration.ZERO, Direction.IN, "ß".repeat(200)).toLine().length() + 201;
    FrameRecorder recorder = new FrameRecorder(file, 2L * line, () -> now);
    for (int i = 0; i < 3; i++) {
      recorder.onFrame(Direction.IN, "ß".repeat(200));
    }
    recorder.close();
    assertThat(recorder.frames()).isEqualTo(2);
    assertThat(Files.size(file)).isEqualTo(2L * line);
  }

  /** Others decide how long a frame is, and its line may be six times as long. */
  @Test
  void aLargeFrameIsWrittenInPieces() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    String text = "\u0001x\ud83d\ude00".repeat(100_000);
    List<Integer> pieces = new ArrayList<>();
    new RecordedFrame(Duration.ZERO, Direction.IN, text).writeLine(new Writer() {

      @Override
      public void write(char[] source, int offset, int length) {
        pieces.add(length);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    });
    assertThat(pieces).allMatch(length -> length <= 10_000);

    try (FrameRecorder recorder = new FrameRecorder(file, 1L << 30, () -> now)) {
      recorder.onFrame(Direction.IN, text);
      assertThat(Files.readAllLines(file))
          .singleElement()
          .extracting(line -> RecordedFrame.parse(line).text())
          .isEqualTo(text);
    }
  }

  @Test
  void namesAFileThatItCannotWrite() {
    assertThatThrownBy(() -> FrameRecorder.to(folder.resolve("nowhere").resolve("traffic.jsonl")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> FrameRecorder.to(folder.resolve("traffic.jsonl"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

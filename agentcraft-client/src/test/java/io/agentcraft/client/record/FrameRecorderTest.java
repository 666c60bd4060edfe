package io.agentcraft.client.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.record.FrameListener.Direction;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  void namesAFileThatItCannotWrite() {
    assertThatThrownBy(() -> FrameRecorder.to(folder.resolve("nowhere").resolve("traffic.jsonl")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> FrameRecorder.to(folder.resolve("traffic.jsonl"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

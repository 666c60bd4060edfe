package io.agentcraft.client.view;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.fuzz.DamagedFrames;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each frame about sessions and agents with each value missing, null and of another type, within a story that is whole: it is
 * refused by the codec, or it leaves a board that the changes make up.
 */
class DamagedFramesTest {

  private static final List<String> STORY = DamagedFrames.whole().toList();

  private final MessageCodec codec = MessageCodec.create();

  static Stream<String> whole() {
    return STORY.stream();
  }

  @ParameterizedTest
  @MethodSource("whole")
  void theBoardStaysWhatTheChangesMakeUp(String whole) {
    for (String damaged : DamagedFrames.of(whole)) {
      play(List.of(damaged, whole));
      play(List.of(whole, damaged, damaged, whole));
    }
  }

  @ParameterizedTest
  @MethodSource("whole")
  void theStoryGoesOnWithAllThatIsDamaged(String whole) {
    play(Stream.of(STORY, DamagedFrames.of(whole), STORY).flatMap(List::stream).toList());
  }

  private void play(List<String> frames) {
    BoardFixture on = new BoardFixture();
    ChangeReplay replay = new ChangeReplay(on.board);
    for (String frame : frames) {
      on.scheduler.advance(Duration.ofMillis(10));
      try {
        on.board.accept(codec.decodeServer(frame));
        replay.assertMakesUp(on.board.snapshot());
      } catch (MalformedMessageException refused) {
        // It never gets to the board.
      } catch (RuntimeException | AssertionError wrong) {
        throw new AssertionError("After " + frame, wrong);
      }
    }
  }
}

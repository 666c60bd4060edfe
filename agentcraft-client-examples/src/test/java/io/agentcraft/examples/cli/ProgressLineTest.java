package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

/** Progress on a terminal and elsewhere. */
class ProgressLineTest {

  private static final String RETURN = "\r";
  private static final String ERASE = "\u001b[K";

  private long now;

  @Test
  void aPipeGetsALineNowAndThenWithoutControlCharacters() {
    StringWriter pipe = new StringWriter();
    ProgressLine.Occasional line = new ProgressLine.Occasional(new PrintWriter(pipe), () -> now);
    long step = ProgressLine.Occasional.BETWEEN_LINES.dividedBy(4).toNanos();
    for (int i = 0; i <= 8; i++) {
      line.show(i / 8.0, i + " of 8");
      now += step;
    }
    line.aside(() -> {});
    line.end();
    assertThat(pipe.toString().lines())
        .containsExactly(
            "[........................]   0 % 0 of 8",
            "[############............]  50 % 4 of 8", "[########################] 100 % 8 of 8");
    assertThat(pipe.toString().replace(System.lineSeparator(), ""))
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void aTerminalGetsOneLineThatFitsTheWindowOfTheMoment() throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    LineDisciplineTerminal terminal =
        new LineDisciplineTerminal("test", "xterm", screen, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(80, 24));
    assertThat(ProgressLine.Rewritten.isPossibleOn(terminal)).isTrue();
    try (ProgressLine.Rewritten line = new ProgressLine.Rewritten(terminal)) {
      line.show(0.5, "1 of 2 frames");
      assertThat(take(screen))
          .isEqualTo(RETURN + "[############............]  50 % 1 of 2 frames" + ERASE);

      line.show(0.5, "1 of 2 frames");
      assertThat(take(screen)).as("nothing new").isEmpty();

      terminal.setSize(Size.of(16, 10));
      line.show(0.5, "1 of 2 frames");
      assertThat(take(screen)).isEqualTo(RETURN + "50 % 1 of 2 fr~" + ERASE);

      line.aside(() -> terminal.writer().println("waiting"));
      terminal.flush();
      assertThat(take(screen)).startsWith(RETURN + ERASE + "waiting");

      line.show("over");
      assertThat(take(screen)).isEqualTo(RETURN + "over" + ERASE);
      line.end();
      assertThat(take(screen))
          .as("the cursor is on a line of its own")
          .isEqualToIgnoringNewLines("\r\n");

      line.aside(() -> now++);
      line.show("late");
      assertThat(now).isEqualTo(1);
      assertThat(take(screen)).isEmpty();
    }
  }

  @Test
  void theBarIsAsLongAsThereIsRoom() {
    assertThat(ProgressLine.bar(0.25, "3 of 12 frames", 80))
        .isEqualTo("[######..................]  25 % 3 of 12 frames");
    assertThat(ProgressLine.bar(0.5, "6 of 12 frames", 35))
        .isEqualTo("[######......]  50 % 6 of 12 frames");
    assertThat(ProgressLine.bar(1, "12 of 12 frames", 20)).isEqualTo("100 % 12 of 12 fram~");
    assertThat(ProgressLine.bar(0, "x", 1)).isEqualTo("~");
  }

  @Test
  void isNeverWiderThanTheWindow() {
    for (int columns = 1; columns < 100; columns++) {
      assertThat(ProgressLine.bar(0.4, "1,234,567 of 9,876,543 frames", columns).length())
          .as("in %d columns", columns)
          .isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void doesNotClaimTheEndBeforeItIsThere() {
    assertThat(ProgressLine.bar(0.999, "", 80)).contains("#.]  99 %");
    assertThat(ProgressLine.bar(Double.NaN, "", 80)).contains("[....").contains("  0 %");
    assertThat(ProgressLine.bar(7, "", 80)).contains("#] 100 %");
  }

  private static String take(ByteArrayOutputStream screen) {
    String taken = screen.toString(StandardCharsets.UTF_8);
    screen.reset();
    return taken;
  }
}

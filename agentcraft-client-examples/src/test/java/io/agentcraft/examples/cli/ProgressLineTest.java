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
    LineNowAndThen line = new LineNowAndThen(new PrintWriter(pipe), () -> now);
    long step = LineNowAndThen.BETWEEN_LINES.dividedBy(4).toNanos();
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
    assertThat(RewrittenLine.isPossibleOn(terminal)).isTrue();
    try (RewrittenLine line = new RewrittenLine(terminal)) {
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

  private static String take(ByteArrayOutputStream screen) {
    String taken = screen.toString(StandardCharsets.UTF_8);
    screen.reset();
    return taken;
  }
}

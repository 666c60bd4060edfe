package io.agentcraft.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

class LineFitTest {

  private static final String LINE = "agent       Researcher COMPLETED 100 % 資料を集めました";

  @Test
  void outsideOfATerminalALineStaysWhole() {
    try (LineFit fit = LineFit.none()) {
      assertThat(fit.fit(LINE.repeat(10))).isEqualTo(LINE.repeat(10));
    }
  }

  @Test
  void onATerminalItIsCutToTheWidthOfTheMoment() throws Exception {
    LineDisciplineTerminal terminal = new LineDisciplineTerminal(
        "test", "xterm", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    terminal.setSize(Size.of(80, 24));
    try (LineFit fit = new LineFit(terminal)) {
      assertThat(fit.fit(LINE)).isEqualTo(LINE);

      terminal.setSize(Size.of(24, 10));
      assertThat(fit.fit(LINE)).isEqualTo("agent       Researcher …");

      // A wide character has two cells, and is not halved.
      terminal.setSize(Size.of(43, 10));
      assertThat(fit.fit(LINE)).isEqualTo("agent       Researcher COMPLETED 100 % 資…");
    }
  }
}

package io.agentcraft.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.examples.live.Frames;
import io.agentcraft.testing.ManualScheduler;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

class PlainViewTest {

  private static final String LINE = "agent       Researcher COMPLETED 100 % 資料を集めました";

  private static final long SECOND = 1_000_000_000L;

  @Test
  void outsideOfATerminalALineStaysWhole() {
    try (PlainView.Width width = new PlainView.Width(null)) {
      assertThat(width.fit(LINE.repeat(10))).isEqualTo(LINE.repeat(10));
    }
  }

  @Test
  void onATerminalItIsCutToTheWidthOfTheMoment() throws Exception {
    LineDisciplineTerminal terminal = new LineDisciplineTerminal(
        "test", "xterm", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    terminal.setSize(Size.of(80, 24));
    try (PlainView.Width width = new PlainView.Width(terminal)) {
      assertThat(width.fit(LINE)).isEqualTo(LINE);

      terminal.setSize(Size.of(24, 10));
      assertThat(width.fit(LINE)).isEqualTo("agent       Researcher …");

      // A wide character has two cells, and is not halved.
      terminal.setSize(Size.of(43, 10));
      assertThat(width.fit(LINE)).isEqualTo("agent       Researcher COMPLETED 100 % 資…");
    }
  }

  @Test
  void soManyPassInASecondAndTheOthersAreCounted() {
    PlainView.LineLimit limit = new PlainView.LineLimit(2, 0);
    assertThat(limit.tryTake(0)).isTrue();
    assertThat(limit.tryTake(1)).isTrue();
    assertThat(limit.tryTake(2)).isFalse();
    assertThat(limit.tryTake(3)).isFalse();
    assertThat(limit.takeLeft(4)).isZero();
    assertThat(limit.takeLeft(SECOND)).isEqualTo(2);
    assertThat(limit.takeLeft(SECOND)).isZero();
    assertThat(limit.tryTake(SECOND)).isTrue();
  }

  @Test
  void manyLinesOfOneKindDoNotHideThoseOfAnother() {
    StringWriter out = new StringWriter();
    try (ManualScheduler scheduler = new ManualScheduler();
        PlainView view =
            new PlainView(new PrintWriter(out), scheduler, new PlainView.Width(null))) {
      for (int i = 0; i < 100; i++) {
        view.printIfFew("log         " + i);
      }
      view.printIfFew("error       boom");
      scheduler.advance(Duration.ofSeconds(1));
      view.printIfFew("log         100");
    }
    assertThat(out.toString().lines())
        .hasSize(33)
        .anyMatch(line -> line.endsWith("error       boom"))
        .anyMatch(line -> line.contains("left out    70 lines like the next one"));
  }

  /** A board that is full cuts long lines that it has shown. */
  @Test
  void aLineThatIsCutLaterIsNotShownAgain() {
    StringWriter out = new StringWriter();
    try (ManualScheduler scheduler = new ManualScheduler();
        PlainView view =
            new PlainView(new PrintWriter(out), scheduler, new PlainView.Width(null))) {
      view.show(
          new Frames().connected().log("s", "info", "A", "x".repeat(1_000)).frame());
      view.show(new Frames()
          .connected()
          .log("s", "info", "A", "x".repeat(255) + "… (745 characters left out)")
          .frame());
    }
    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void anAbsentProgressPrintsAsNothing() {
    Frames frames = new Frames().message(Frames.withoutProgress("Researcher"));
    assertThat(PlainLines.of(frames.frame().board().agents().get(0)))
        .isEqualTo("agent       Researcher PROCESSING Reading");
  }

  @Test
  void whatAServerSendsIsEscaped() {
    StringWriter out = new StringWriter();
    try (ManualScheduler scheduler = new ManualScheduler();
        PlainView view =
            new PlainView(new PrintWriter(out), scheduler, new PlainView.Width(null))) {
      view.show(new Frames()
          .connected()
          .log("s", "info", "A\u001b[2J", "one\ntwo \u202egnorw\u2066")
          .frame());
    }
    assertThat(out.toString().strip())
        .endsWith("log         INFO A\\u001B[2J: one\\ntwo \\u202Egnorw\\u2066");
  }
}

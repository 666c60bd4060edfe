package io.agentcraft.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.examples.dashboard.DashboardRenderer.Want;
import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.Frames;
import io.agentcraft.examples.live.View.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardRendererTest {

  private static final List<Want> WANTS =
      List.of(new Want(4, 6), new Want(3, 5), new Want(0, 0), new Want(3, 100));

  private static Frame busy() {
    return new Frames()
        .connected()
        .sessions("execution", "session_1", "session_2")
        .agent("Researcher", AgentStatus.PROCESSING, 45, "Collecting sources")
        .agent("Analyst", AgentStatus.COLLABORATING, 70, "Explaining the numbers")
        .agent("Writer", AgentStatus.IDLE, 0, "Waiting for work")
        .talk("Researcher", "Analyst", "14 sources are ready")
        .log("session_1", "info", "Researcher", "Search started")
        .log("session_1", "error", "Researcher", "Source 7 did not answer")
        .frame();
  }

  @Test
  void atTheUsualSizeEverythingIsThere() {
    assertThat(text(busy(), Theme.FULL, 80, 24))
        .containsExactly(
            "AgentCraft demo  ws://127.0.0.1:4321                                 12 s / 20 s",
            "● connected                                             7 messages, 0 reconnects",
            "",
            "Sessions (2)",
            "  session_1            execution            2 active  Query of session_1",
            "  session_2            execution            2 active  Query of session_2",
            "",
            "Agents (3)",
            "  Researcher    PROCESSING    ████████░░░░░░░░░  45 %  Collecting sources",
            "  Analyst       COLLABORATING ████████████░░░░░  70 %  Explaining the numbers",
            "  Writer        IDLE          ░░░░░░░░░░░░░░░░░   0 %  Waiting for work",
            "",
            "Collaborations",
            "  Researcher → Analyst  handoff  14 sources are ready",
            "",
            "Log",
            "  10:20:30 INFO    Researcher: Search started",
            "  10:20:30 ERROR   Researcher: Source 7 did not answer");
  }

  @Test
  void onASmallScreenAgentsComeFirst() {
    assertThat(text(busy(), Theme.FULL, 40, 10))
        .containsExactly(
            "AgentCraft demo  ws://127.0.0.1:4321",
            "● connected     7 messages, 0 reconnects",
            "Sessions (2)",
            "  session_1  execution  Query of sessio…",
            "Agents (3)",
            "  Resea… PROCESSING    █████░░░░░  45 % ",
            "  Analy… COLLABORATING ███████░░░  70 % ",
            "  Writer IDLE          ░░░░░░░░░░   0 % ",
            "Log",
            "  ERROR   Researcher: Source 7 did not …");
  }

  @Test
  void aLargeScreenIsUsed() {
    List<String> lines = text(busy(), Theme.FULL, 200, 60);

    assertThat(lines).hasSizeLessThanOrEqualTo(60);
    assertThat(lines.get(0)).hasSize(200).endsWith("12 s / 20 s");
    assertThat(lines)
        .anyMatch(
            line -> line.contains("█".repeat(18) + "░".repeat(22) + "  45 %  Collecting sources"));
  }

  @ParameterizedTest
  @CsvSource({"80,24", "40,10", "200,60", "20,5", "7,3", "1,1", "120,8", "30,100"})
  void nothingIsWiderOrHigherThanTheScreen(int columns, int rows) {
    for (Theme theme : List.of(Theme.FULL, new Theme(false, false))) {
      List<AttributedString> lines = DashboardRenderer.render(crowded(), theme, columns, rows);

      assertThat(lines).isNotEmpty().hasSizeLessThanOrEqualTo(rows);
      assertThat(lines).allMatch(line -> line.columnLength() <= columns);
    }
  }

  @Test
  void aScreenWithoutSizeShowsNothing() {
    assertThat(DashboardRenderer.render(busy(), Theme.FULL, 0, 0)).isEmpty();
  }

  @Test
  void wideCharactersAreCutAsAWhole() {
    Frame frame = new Frames()
        .connected()
        .agent("研究員研究員研究員研究員", AgentStatus.PROCESSING, 50, "資料を集めています".repeat(10))
        .frame();

    for (int columns = 1; columns < 120; columns++) {
      int width = columns;
      assertThat(DashboardRenderer.render(frame, Theme.FULL, columns, 24))
          .allMatch(line -> line.columnLength() <= width);
    }
    assertThat(text(frame, Theme.FULL, 80, 24))
        .anyMatch(line -> line.contains("研究員研究員… PROCESSING") && line.endsWith("…"));
  }

  @Test
  void moreItemsThanRowsAreCounted() {
    assertThat(text(crowded(), Theme.FULL, 80, 24))
        .contains("Agents (50)", "Sessions (30)")
        .anyMatch(line -> line.matches("  … and \\d+ more"));
  }

  @Test
  void theNewestLogLinesAreShown() {
    assertThat(text(crowded(), Theme.FULL, 80, 24))
        .last()
        .isEqualTo("  10:20:30 INFO    A: line 99");
  }

  @Test
  void whatAServerSendsCannotSteerTheTerminal() {
    Frame frame = new Frames()
        .connected()
        .sessions("a\u001b[2J", "s\u0007\r\n1")
        .agent("A\u001b]0;title\u0007", AgentStatus.PROCESSING, 50, "b\u202ec\u009b1m\n")
        .log("s", "in\tfo", "x\u001b", "y\u2028z\ud800")
        .frame();

    assertThat(text(frame, Theme.FULL, 80, 24))
        .allMatch(line -> line.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028 || c == 0xd800));
  }

  @Test
  void withoutColourThereAreNoStyles() {
    Theme theme = new Theme(false, true);

    assertThat(DashboardRenderer.render(busy(), theme, 80, 24)).allSatisfy(line -> {
      assertThat(line.toAnsi()).isEqualTo(line.toString());
      for (int i = 0; i < line.length(); i++) {
        assertThat(line.styleAt(i)).isEqualTo(AttributedStyle.DEFAULT);
      }
    });
    assertThat(text(busy(), theme, 80, 24)).isEqualTo(text(busy(), Theme.FULL, 80, 24));
  }

  @Test
  void withoutUnicodeThereIsOnlyAscii() {
    assertThat(text(busy(), new Theme(true, false), 60, 24))
        .allMatch(line -> line.chars().allMatch(character -> character < 128))
        .contains("* connected                         7 messages, 0 reconnects")
        .anyMatch(line -> line.contains("Researcher -> Analyst"));
  }

  @Test
  void theIndicatorCountsDownToTheAttempt() {
    Frame frame = new Frames()
        .connected()
        .connection(Frames.waiting(3, Duration.ofSeconds(8)))
        .since(Duration.ofMillis(1_500))
        .frame();

    assertThat(text(frame, Theme.FULL, 80, 24).get(1))
        .isEqualTo(
            "● disconnected  attempt 3 in 6.5 s  the server ended the connection without a c…");
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTED, connected, GOOD",
    "CONNECTING, connecting, BUSY",
    "RECONNECTING, connecting, BUSY",
    "FAILED, error, BAD",
    "DISCONNECTED, disconnected, FAINT",
    "CLOSED, disconnected, FAINT"
  })
  void everyStateHasAWordAndAColour(ConnectionStatus status, String word, Ink ink) {
    Frame frame = new Frames().connection(Frames.state(status)).frame();

    AttributedString line = DashboardRenderer.render(frame, Theme.FULL, 80, 24).get(1);

    assertThat(line.toString()).startsWith("● " + word);
    assertThat(line.styleAt(0)).isEqualTo(ink.style());
  }

  @Test
  void whatIsOlderThanTheConnectionIsFaint() {
    Frames frames = new Frames().connected().agent("A", AgentStatus.PROCESSING, 50, "old");

    assertThat(styleOf(frames.frame(), "PROCESSING")).isEqualTo(Ink.BUSY.style());
    assertThat(styleOf(frames.reconnected().frame(), "PROCESSING")).isEqualTo(Ink.FAINT.style());
  }

  @Test
  void anAbsentProgressIsBlank() {
    Frame frame = new Frames().connected().agentWithoutProgress("Researcher").frame();
    assertThat(text(frame, Theme.FULL, 80, 24))
        .contains("  Researcher    PROCESSING    " + " ".repeat(25) + "Reading")
        .noneMatch(line -> line.contains("%") || line.contains("NaN"));
  }

  @Test
  void withRoomEverySectionGetsAllAndTheLastTheRest() {
    assertThat(DashboardRenderer.share(30, WANTS)).containsExactly(6, 5, 0, 19);
  }

  @Test
  void withLittleRoomEverySectionGetsWhatItNeedsBeforeAnyGetsMore() {
    assertThat(DashboardRenderer.share(11, WANTS)).containsExactly(5, 3, 0, 3);
  }

  @Test
  void withoutRoomTheLastSectionsAreLeftOut() {
    assertThat(DashboardRenderer.share(6, WANTS)).containsExactly(4, 2, 0, 0);
    assertThat(DashboardRenderer.share(5, WANTS)).containsExactly(5, 0, 0, 0);
  }

  @Test
  void noMoreRowsAreSharedThanThereAre() {
    assertThat(DashboardRenderer.share(0, WANTS)).containsOnly(0);
    assertThat(DashboardRenderer.share(-3, WANTS)).containsOnly(0);
  }

  private static AttributedStyle styleOf(Frame frame, String word) {
    AttributedString line = DashboardRenderer.render(frame, Theme.FULL, 80, 24).stream()
        .filter(candidate -> candidate.toString().contains(word))
        .findFirst()
        .orElseThrow();
    return line.styleAt(line.toString().indexOf(word));
  }

  private static Frame crowded() {
    Frames frames = new Frames().connected();
    Random random = new Random(7);
    List<AgentStatus> statuses =
        List.of(AgentStatus.PROCESSING, AgentStatus.COLLABORATING, AgentStatus.ERROR);
    String[] ids = new String[30];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "session_" + "x".repeat(random.nextInt(40)) + i;
    }
    frames.sessions("execution", ids);
    for (int i = 0; i < 50; i++) {
      AgentStatus status = statuses.get(random.nextInt(statuses.size()));
      frames.agent("Agent 名 " + i, status, random.nextInt(101), "m".repeat(random.nextInt(200)));
    }
    for (int i = 0; i < 100; i++) {
      frames.talk("A" + i, "B", "because").log("s", "info", "A", "line " + i);
    }
    return frames.frame();
  }

  private static List<String> text(Frame frame, Theme theme, int columns, int rows) {
    return DashboardRenderer.render(frame, theme, columns, rows).stream()
        .map(AttributedString::toString)
        .toList();
  }
}

package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands print the same digits wherever they run, so that programs can read them. */
@Timeout(120)
class LocaleTest {

  private final Locale before = Locale.getDefault();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder;

  /** URL stands for the server, and FILE for a recording. */
  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("demo", "--plain", "--seconds", "3"),
        List.of("watch", "URL", "--plain", "--seconds", "1"),
        List.of("sessions", "URL"),
        List.of("state", "URL", "session_1"),
        List.of("tail", "URL", "session_1", "--seconds", "1"),
        List.of("publish", "URL", "--agent", "A", "--status", "processing", "--progress", "42"),
        List.of("record", "URL", "FILE", "--seconds", "1"),
        List.of("soak", "--clients", "1", "--rounds", "2"),
        List.of("serve", "--port", "0", "--crew", "--seconds", "1"),
        List.of("check", "http://127.0.0.1:1"),
        List.of("replay", "--help"));
  }

  @BeforeEach
  void useArabicDigits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(String.format(Locale.getDefault(), "%d", 42))
        .as("digits by default")
        .isEqualTo("٤٢");
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void digitsAreLatin(List<String> command) {
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      server.startSession("session_1", "Why?", "Researcher");
      server.agentStatus("agent-1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
      server.appendLog("session_1", "info", "Researcher", "It scatters");
      String[] args = command.stream()
          .map(arg -> arg.replace("URL", server.url()))
          .map(arg -> arg.replace("FILE", folder.resolve("traffic.jsonl").toString()))
          .toArray(String[]::new);
      Main.commandLine()
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err))
          .execute(args);
    }
    assertThat(out + err.toString())
        .matches(text -> text.chars().anyMatch(digit -> '0' <= digit && digit <= '9'), "digits")
        .matches(
            text -> text.chars().noneMatch(c -> Character.isDigit(c) && c > '9'), "Latin only");
  }
}

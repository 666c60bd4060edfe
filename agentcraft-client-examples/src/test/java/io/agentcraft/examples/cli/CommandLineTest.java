package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What all commands have in common. */
class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @Test
  void hasTheCommandsThatTheReadmeNames() {
    assertThat(commands())
        .contains(
            "demo",
            "watch",
            "tail",
            "sessions",
            "state",
            "publish",
            "serve",
            "check",
            "record",
            "replay",
            "soak",
            "help",
            "generate-completion");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsAnOldTerminal(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: agentcraft " + command);
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  /** Those that are not picocli's own. */
  static Stream<String> ownCommands() {
    return commands().filter(command -> !Set.of("generate-completion", "help").contains(command));
  }

  @ParameterizedTest
  @MethodSource("ownCommands")
  void aWrongOptionIsNamedAndNotBuried(String command) {
    assertThat(run(command, "--nonsense")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(err.toString()).contains("Try: agentcraft " + command + " --help");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("Usage: agentcraft").contains("  replay ");
  }

  @Test
  void aCommandThatIsNoneIsNamedBesideThoseThatAre() {
    assertThat(run("tial")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no command tial. There are demo, watch, ");
  }

  /** What was typed, or came from a script's variable, must not look like another line of ours. */
  static Stream<List<String>> argumentsWithALineBreak() {
    String tail = "\nFAKE all is lost\u001b[2J\rFAKE\u009b\u202e";
    return Stream.of(
        List.of("tial" + tail),
        List.of("--nonsense" + tail),
        List.of("help", "tial" + tail),
        List.of("sessions", "localhost" + tail),
        List.of("sessions", "ws://local host/" + tail),
        List.of("sessions", "ws://localhost", "more" + tail),
        List.of("sessions", "ws://localhost", "--token-file", "missing" + tail),
        List.of("state", "ws://localhost", "session", "--nonsense" + tail),
        List.of("tail", "ws://localhost:1", "session", "--seconds", "1" + tail),
        List.of("watch", "ftp://localhost" + tail),
        List.of("demo", "--seconds", "3" + tail),
        List.of("demo", "--url", "localhost" + tail),
        List.of("publish", "ws://localhost", "--agent", "A", "--status", "idle" + tail),
        List.of("publish", "ws://localhost", "--agent", "A", "--transport", "auto" + tail),
        List.of("publish", "ws://localhost", "--agent", "A", "--http-base", "x" + tail),
        List.of("record", "ws://localhost", "f", "--max-megabytes", "1" + tail),
        List.of("record", "ws://127.0.0.1:1", "missing" + tail + "/f", "--seconds", "1"),
        List.of("replay", "missing" + tail),
        List.of("replay", "missing", "--speed", "1" + tail),
        List.of("serve", "--bind", "x" + tail),
        List.of("serve", "--form", "x" + tail),
        List.of("check", "ws://localhost", "--skip", "x" + tail),
        List.of("check", "x" + tail),
        List.of("soak", "x" + tail),
        List.of("soak", "--clients", "1" + tail));
  }

  @ParameterizedTest
  @MethodSource("argumentsWithALineBreak")
  void argumentsAreEscapedAndStayOnTheirLine(List<String> args) {
    assertThat(run(args.toArray(String[]::new))).isNotZero();
    assertThat(out + err.toString())
        .contains("FAKE")
        .doesNotContain("\u001b", "\r", "\u009b", "\u202e");
    assertThat((out + err.toString()).lines()).noneMatch(line -> line.strip().startsWith("FAKE"));
  }

  @Test
  void helpIsACommandToo() {
    assertThat(run("help", "replay")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: agentcraft replay")
        .contains("Exit codes:", "130");
  }

  @ParameterizedTest
  @MethodSource("ownCommands")
  void eachTellsItsExitCodes(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).containsPattern("Exit codes:\\R +0 ").contains("  2   ");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("agentcraft 0.");
  }

  @Test
  void completesItselfInAShell() {
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("complete -F _complete_agentcraft");
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }
}

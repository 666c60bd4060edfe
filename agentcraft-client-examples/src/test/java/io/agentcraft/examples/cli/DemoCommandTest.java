package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class DemoCommandTest {

  private static final String ESCAPE = "\u001b";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theDemoEndsWellAndSaysWhatItSaw(@TempDir Path folder) throws IOException {
    Path picture = folder.resolve("frame.svg");

    int exitCode = run("demo", "--seconds", "3", "--plain", "--svg", picture.toString());

    assertThat(out.toString()).as(err.toString()).doesNotContain(ESCAPE);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.contains("connection  connected"))
        .anyMatch(line -> line.contains("connection  disconnected, attempt 1 in 0.6 s"))
        .anyMatch(line -> line.contains("agent       Researcher ERROR 60 %"))
        .anyMatch(line -> line.contains("together    Analyst -> Writer handoff"))
        .anyMatch(line -> line.contains("log         WARNING Writer: Page 2 is too long"))
        .anyMatch(line -> line.startsWith("  reconnects  1 ("))
        .contains("  session     session_research: completed")
        .contains("  session     session_report: completed")
        .contains("  agent       Researcher: COMPLETED 100 %, 14 sources collected")
        .contains("  agent       Analyst: COMPLETED 100 %, Comparison of 5 databases done")
        .contains("  agent       Writer: COMPLETED 100 %, Summary of 2 pages written")
        .contains("  log lines   19")
        .contains("  errors      0")
        .last()
        .isEqualTo("All 9 checks passed.");
    assertThat(exitCode).isZero();
    assertThat(Files.readString(picture)).startsWith("<svg").contains("COMPLETED");
  }

  @Test
  void aServerIsWatchedForSomeTime() {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.startSession("session_1", "Why?", "Researcher");

      int exitCode = run("watch", "--plain", "--seconds", "1", server.url());

      assertThat(out.toString())
          .contains("sessions    1: session_1 agent_initialization", "The time is up.");
      assertThat(exitCode).isZero();
    }
  }

  @Test
  void aRefusalEndsItWithTheTypedCause() {
    try (ReferenceServer server =
        ReferenceServer.builder().requireToken("secret").start()) {
      int exitCode = run("demo", "--plain", "--url", server.url());

      assertThat(out.toString()).contains("connection  error", "HandshakeRefused: ", "401");
      assertThat(exitCode).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsNotThereIsNotWellWatched() throws IOException {
    int port = freePort();

    int exitCode = run("demo", "--plain", "--seconds", "1", "--url", "ws://127.0.0.1:" + port);

    assertThat(out.toString())
        .contains("attempt 1 in 2.0 s", "It was never connected: ConnectionLost: ", "Check that");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run("demo", "--seconds", "2")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("demo", "--url", "ftp://host")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("watch", "--seconds", "-1", "ws://host")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--seconds is 2, but the demo takes 3 to 3600 seconds.")
        .contains("ftp://host")
        .contains("--seconds is -1, but")
        .contains("Usage: agentcraft", "Try: agentcraft demo");
  }

  @Test
  void versionAndHelpSayWhatThereIs() {
    assertThat(run("--version")).isZero();
    assertThat(run("demo", "--help")).isZero();

    assertThat(out.toString())
        .matches("(?s)agentcraft \\d+\\.\\d+\\.\\d+.*")
        .contains("--seconds", "--url", "--plain", "Exit codes:")
        .doesNotContain("--svg");
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

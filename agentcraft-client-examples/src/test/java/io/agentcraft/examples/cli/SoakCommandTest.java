package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(300)
class SoakCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void clientsLiveThroughEveryFaultOnce() {
    int exitCode = run("soak", "--self", "--clients", "4", "--rounds", "8", "--faults");

    assertThat(out.toString())
        .as(err.toString())
        .contains("Soak of 4 clients, ")
        .contains(" 8 rounds, on ws://127.0.0.1:")
        .contains("connected   4 of 4")
        .contains("faults      close_1012 1, cut 1, garbage 1, half_open 1, latency 1,"
            + " port_closed 1, refused_503 1, reset 1 (seed 1)")
        .contains("MalformedMessageException ")
        .contains("grown is: from the middle to the end")
        .containsPattern("start +\\d+\\.\\d MiB heap after GC, +\\d+ threads, +\\d+ sockets")
        .containsPattern("middle +\\d")
        .containsPattern("end +\\d")
        .doesNotContain("clients are not connected", "answered in time");
    // Whether it grew is for a long run to say: other tests run in this process.
    assertThat(exitCode).isIn(0, 1);
  }

  @Test
  void aForeignServerIsLeftInPeace() {
    try (ReferenceServer server = ReferenceServer.start()) {
      run("soak", server.url(), "--clients", "3", "--rounds", "2", "--faults");

      assertThat(out.toString()).contains("connected   3 of 3", " of client sockets ");
      assertThat(server.droppedFrames()).isZero();
    }
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run("soak", "--self", "ws://host")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("soak", "--clients", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("soak", "--minutes", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("soak", "--rounds", "1")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("soak", "--rounds", "3", "--minutes", "1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("soak", "ftp://host")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--self runs a server in this process")
        .contains("--clients is 0, but")
        .contains("--minutes is 0.0, but")
        .contains("--rounds is 1, but")
        .contains("Give --minutes or --rounds, not both.")
        .contains("ftp://host");
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}

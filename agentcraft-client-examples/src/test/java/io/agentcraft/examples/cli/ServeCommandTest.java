package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class ServeCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysWhereItIsAndWhoReachesIt() {
    assertThat(run("serve", "--port", "0", "--crew", "--seconds", "1")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("page {8}http://127\\.0\\.0\\.1:\\d+/"))
        .anyMatch(line -> line.matches(
            "clients {5}ws://127\\.0\\.0\\.1:\\d+/ws/agent-tracking, in the documented form"))
        .contains("reached by  this machine only; --bind ADDRESS lets others in")
        .contains("crew        at work, in rounds of 40 s")
        .last()
        .isEqualTo("The time is up.");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysSoWhenItIsOpenToOthers() {
    int exitCode =
        run("serve", "--port", "0", "--bind", "0.0.0.0", "--form", "Deployed", "--seconds", "1");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains("http://localhost:", "/api/ws/agent-tracking, in the deployed form")
        .contains("everyone who reaches 0.0.0.0, without a password");
  }

  @Test
  void saysWhatToDoAboutAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("serve", "--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);

      assertThat(err.toString())
          .contains("port " + taken.getLocalPort() + " of 127.0.0.1", "--port 0");
    }
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run("serve", "--port", "70000")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("serve", "--form", "other")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("serve", "--bind", "no.such.host.invalid"))
        .isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--port is 70000", "--form is other", "--bind is no.such.host.invalid");
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}

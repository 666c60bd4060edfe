package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The exit codes of the different ends of a command. */
@Timeout(60)
class CommandRunTest {

  private static final Ending BY_CTRL_C = new Ending.Interrupted("INT");

  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err));

  @Test
  void ctrlCIsTheEndOfACommandThatHasNoOther() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
        CommandRun run = new CommandRun(command)) {
      run.connect(client).get(30, TimeUnit.SECONDS);
      assertThat(run.exitCode(BY_CTRL_C)).isZero();
      assertThat(run.exitCode(new Ending.TimeUp())).isZero();
      assertThat(run.exitCodeOfTask(BY_CTRL_C)).isEqualTo(130);
      assertThat(run.exitCodeOfTask(new Ending.Finished())).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void aCommandThatWasNeverConnectedFails() {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
        CommandRun run = new CommandRun(command)) {
      server.faults().stallNextHandshake();
      var unused = run.connect(client);
      assertThat(run.exitCode(BY_CTRL_C)).isEqualTo(1);
      assertThat(run.exitCode(new Ending.TimeUp())).isEqualTo(1);
      assertThat(err.toString()).contains("It was never connected");
    }
  }

  @Test
  void whatBrokeIsSaidWithoutControlCharacters() {
    try (CommandRun run = new CommandRun(command)) {
      Exception damaged = new IllegalArgumentException("Line 2: \u001b[2J");
      assertThat(run.exitCode(new Ending.Broken(new CompletionException(damaged))))
          .isEqualTo(1);
      assertThat(err.toString().strip()).isEqualTo("This command failed: Line 2: \\u001B[2J");
    }
  }
}
